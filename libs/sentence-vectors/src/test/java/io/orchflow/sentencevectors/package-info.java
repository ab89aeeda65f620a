@NullMarked
package io.orchflow.sentencevectors;

import org.jspecify.annotations.NullMarked;
