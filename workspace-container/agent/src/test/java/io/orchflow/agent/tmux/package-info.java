/// The control-mode client, without tmux.
@NullMarked
package io.orchflow.agent.tmux;

import org.jspecify.annotations.NullMarked;
