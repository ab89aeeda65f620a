@NullMarked
package io.orchflow.terminal;

import org.jspecify.annotations.NullMarked;
