@NullMarked
package io.orchflow.terminal.journal;

import org.jspecify.annotations.NullMarked;
