/// Panes: their output rings, viewers, leases and lives. One pane is one tmux window with one
/// program.
@NullMarked
package io.orchflow.agent.pane;

import org.jspecify.annotations.NullMarked;
