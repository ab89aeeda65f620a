package io.orchflow.orchestration.swarm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task's work, as it is now, and something else that git could not merge with it by itself.
///
/// @param with another task of this swarm, only with `TASK`
/// @param paths sorted, at most 100
public record ExpectedConflict(
        String taskId, With kind, @Nullable String with, List<String> paths) {

    /// What it would conflict with.
    public enum With {
        MAIN,
        TASK,
        /// Work of another swarm of the workspace.
        SWARM
    }

    public ExpectedConflict {
        paths = List.copyOf(paths);
    }
}
