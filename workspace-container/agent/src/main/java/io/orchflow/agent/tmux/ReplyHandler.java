package io.orchflow.agent.tmux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes what became of a batch.
@FunctionalInterface
public interface ReplyHandler {

    /// Called once.
    ///
    /// @param replies one for each command; fewer when it failed
    /// @param failure null when all commands were carried out
    void done(List<Reply> replies, @Nullable TmuxException failure);
}
