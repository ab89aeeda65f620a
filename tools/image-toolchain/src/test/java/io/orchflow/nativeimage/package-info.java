@NullMarked
package io.orchflow.nativeimage;

import org.jspecify.annotations.NullMarked;
