package io.orchflow.orchestration.plan;

import org.jspecify.annotations.Nullable;

/// A plan that was proposed in a workspace.
///
/// @param request what the person wrote
/// @param version goes up with every change; its ETag
public record StoredPlan(
        String id,
        @Nullable String conversationId,
        String teamId,
        String workspaceId,
        Plan plan,
        PlanState state,
        String request,
        long version) {

    public StoredPlan with(Plan next) {
        return new StoredPlan(
                id, conversationId, teamId, workspaceId, next, state, request, version + 1);
    }

    public StoredPlan in(PlanState.Approved next) {
        return new StoredPlan(
                id, conversationId, teamId, workspaceId, plan, next, request, version + 1);
    }

    /// Whose facts its own are among: the conversation's, or its own where it has none.
    public String aggregate() {
        return conversationId == null ? id : conversationId;
    }

    /// Entity tag, quoted, as in RFC 9110.
    public String etag() {
        return "\"" + version + "\"";
    }
}
