package io.orchflow.orchestration.task;

import java.util.List;

/// What an attempt left in the authoritative repository.
///
/// @param baseCommit what its clone was made from; empty where main had no commit yet
/// @param commit equals baseCommit when nothing changed
/// @param changedPaths between the two, relative to the root
public record Work(String baseCommit, String commit, List<String> changedPaths) {
    public Work {
        changedPaths = List.copyOf(changedPaths);
    }
}
