package io.orchflow.workspaces.workspace;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A life as a table keeps it: each state fills the columns that it has.
record LifeColumns(
        String state,
        @Nullable Instant orderedAt,
        @Nullable Integer attempt,
        @Nullable Instant dueAt,
        @Nullable Instant since,
        @Nullable String isolation,
        @Nullable String notice,
        @Nullable Trouble trouble,
        boolean startsAgain) {

    static LifeColumns of(Life life) {
        return switch (life) {
            case Life.Requested(var ordered) ->
                    new LifeColumns(
                            "REQUESTED", ordered, null, null, null, null, null, null, false);
            case Life.Starting(var ordered, var attempt, var due, var last) ->
                    new LifeColumns(
                            "STARTING", ordered, attempt, due, null, null, null, last, false);
            case Life.Running(var isolation, var notice, var since, var attempt) ->
                    new LifeColumns(
                            "RUNNING",
                            null,
                            attempt,
                            null,
                            since,
                            isolation.word(),
                            notice,
                            null,
                            false);
            case Life.Stopping _ -> bare("STOPPING", null, false);
            case Life.Stopped(var startsAgain) -> bare("STOPPED", null, startsAgain);
            case Life.Failed(var trouble) -> bare("FAILED", trouble, false);
            case Life.Deleting _ -> bare("DELETING", null, false);
        };
    }

    /// @throws IllegalStateException a row that no release of this service has written
    Life life() {
        return switch (state) {
            case "REQUESTED" -> new Life.Requested(have(orderedAt));
            case "STARTING" ->
                    new Life.Starting(have(orderedAt), have(attempt), have(dueAt), trouble);
            case "RUNNING" ->
                    new Life.Running(
                            Isolation.of(have(isolation)), notice, have(since), have(attempt));
            case "STOPPING" -> new Life.Stopping();
            case "STOPPED" -> new Life.Stopped(startsAgain);
            case "FAILED" -> new Life.Failed(have(trouble));
            case "DELETING" -> new Life.Deleting();
            default -> throw new IllegalStateException("workspace in state " + state);
        };
    }

    private static LifeColumns bare(String state, @Nullable Trouble trouble, boolean startsAgain) {
        return new LifeColumns(state, null, null, null, null, null, null, trouble, startsAgain);
    }

    private <T> T have(@Nullable T column) {
        return Objects.requireNonNull(column, () -> state + " lacks a column");
    }
}
