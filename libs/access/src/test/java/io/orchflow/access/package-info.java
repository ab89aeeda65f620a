@NullMarked
package io.orchflow.access;

import org.jspecify.annotations.NullMarked;
