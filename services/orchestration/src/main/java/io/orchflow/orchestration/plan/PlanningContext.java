package io.orchflow.orchestration.plan;

import java.util.List;

/// What a planner may look at besides the message itself.
///
/// @param earlier what was said before in this conversation, oldest first, without the message; at
/// most the last 20
/// @param files paths at the head of the workspace's main branch, sorted, at most 2,000; empty
/// where the workspace
///     could not be asked
public record PlanningContext(String workspaceId, List<Turn> earlier, List<String> files) {

    public PlanningContext {
        earlier = List.copyOf(earlier);
        files = List.copyOf(files);
    }

    public enum Author {
        USER,
        ASSISTANT
    }

    public record Turn(Author author, String text) {}
}
