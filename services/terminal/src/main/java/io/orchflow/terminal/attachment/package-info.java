/// One viewer of one pane: a WebSocket and the agent's stream, translated into each other.
@NullMarked
package io.orchflow.terminal.attachment;

import org.jspecify.annotations.NullMarked;
