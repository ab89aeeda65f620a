package io.orchflow.workspaces.workspace;

import java.time.Duration;

/// How long to wait before a workspace's agent is started once more.
public final class Backoff {

    /// After so many tries in a row a workspace has FAILED.
    public static final int MOST_TRIES = 8;

    /// An agent that served for so long starts again as if for the first time.
    public static final Duration SETTLED = Duration.ofMinutes(1);

    private static final Duration MOST = Duration.ofSeconds(30);

    private Backoff() {}

    /// @param attempt number of the try that is to come, from 1
    /// @return nothing before the first, then 0.5 s, 1 s, 2 s … at most 30 s
    public static Duration before(int attempt) {
        if (attempt <= 1) {
            return Duration.ZERO;
        }
        var wait = Duration.ofMillis(500L << Math.min(attempt - 2, 10));
        return wait.compareTo(MOST) < 0 ? wait : MOST;
    }
}
