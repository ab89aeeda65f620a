package io.orchflow.orchestration.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a planner may look at besides the message itself.
///
/// @param earlier what was said before in this conversation, oldest first, without the message; at
/// most the last 20
/// @param asker absent: nobody pays for a model, so the local planner answers
/// @param files paths at the head of the workspace's main branch, sorted, at most 2,000; empty
/// where the workspace
///     could not be asked
public record PlanningContext(
        String workspaceId, List<Turn> earlier, List<String> files, @Nullable Asker asker) {

    /// For the local planner.
    public PlanningContext(String workspaceId, List<Turn> earlier, List<String> files) {
        this(workspaceId, earlier, files, null);
    }

    public PlanningContext {
        earlier = List.copyOf(earlier);
        files = List.copyOf(files);
    }

    public enum Author {
        USER,
        ASSISTANT
    }

    /// Who wants a plan, and where.
    public record Asker(
            String teamId,
            String workspaceId,
            String userId,
            String conversationId,
            @Nullable String correlationId) {}

    public record Turn(Author author, String text) {}
}
