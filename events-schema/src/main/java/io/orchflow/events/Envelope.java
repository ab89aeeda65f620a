package io.orchflow.events;

import org.jspecify.annotations.Nullable;

/// What every fact says about itself besides what happened.
///
/// @param teamId empty where the fact belongs to no team
/// @param correlationId the same from a request to its last consequence; made anew where it is null
/// @param causationId id of the event or request that caused this one
public record Envelope(
        String teamId,
        @Nullable String workspaceId,
        Actor actor,
        @Nullable String correlationId,
        @Nullable String causationId) {

    /// The envelope of something that a service did of its own accord.
    public static Envelope ofSystem(String service, String teamId, @Nullable String workspaceId) {
        return new Envelope(teamId, workspaceId, new Actor(ActorKind.SYSTEM, service), null, null);
    }

    /// The envelope of something that a person did.
    public static Envelope ofUser(
            String userId,
            String teamId,
            @Nullable String workspaceId,
            @Nullable String correlationId) {
        return new Envelope(
                teamId, workspaceId, new Actor(ActorKind.USER, userId), correlationId, null);
    }
}
