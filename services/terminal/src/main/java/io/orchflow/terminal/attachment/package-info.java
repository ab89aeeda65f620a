/// Viewers of panes: WebSockets and the agents' streams, translated into each other.
@NullMarked
package io.orchflow.terminal.attachment;

import org.jspecify.annotations.NullMarked;
