/// Panes, without tmux.
@NullMarked
package io.orchflow.agent.pane;

import org.jspecify.annotations.NullMarked;
