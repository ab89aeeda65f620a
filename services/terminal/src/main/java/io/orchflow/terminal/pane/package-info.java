/// Panes as clients open, list and close them, and which workspace each belongs to.
@NullMarked
package io.orchflow.terminal.pane;

import org.jspecify.annotations.NullMarked;
