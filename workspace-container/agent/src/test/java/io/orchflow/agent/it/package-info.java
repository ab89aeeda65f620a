/// The packaged agent as a process of its own, with real tmux, seen through its gRPC door.
@NullMarked
package io.orchflow.agent.it;

import org.jspecify.annotations.NullMarked;
