/// The tmux server of this workspace and the one control client that talks to it.
@NullMarked
package io.orchflow.agent.tmux;

import org.jspecify.annotations.NullMarked;
