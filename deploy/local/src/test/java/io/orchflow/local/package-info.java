@NullMarked
package io.orchflow.local;

import org.jspecify.annotations.NullMarked;
