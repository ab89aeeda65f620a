package io.orchflow.workspaces.driver;

import io.orchflow.workspaces.workspace.Isolation;
import io.orchflow.workspaces.workspace.Trouble;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a driver finds when it looks for a workspace's agent.
public sealed interface Agent {

    /// None was launched, or what was launched has been cleared away.
    record Absent() implements Agent {}

    /// It was launched and does not serve yet.
    record Coming(Instant launchedAt) implements Agent {}

    /// It answers, and its certificate proves that it is this workspace's.
    ///
    /// @param notice what its isolation lacks, for people
    record Serving(Isolation isolation, @Nullable String notice) implements Agent {}

    /// Its process lives and has not answered several times in a row.
    record Deaf(Trouble trouble) implements Agent {}

    /// It was launched, and is no more.
    record Ended(Instant launchedAt, Trouble trouble) implements Agent {}
}
