@NullMarked
package io.orchflow.terminal.attachment;

import org.jspecify.annotations.NullMarked;
