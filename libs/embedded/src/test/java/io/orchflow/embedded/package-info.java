@NullMarked
package io.orchflow.embedded;

import org.jspecify.annotations.NullMarked;
