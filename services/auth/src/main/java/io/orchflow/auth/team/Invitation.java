package io.orchflow.auth.team;

import io.orchflow.access.Role;
import java.time.Duration;
import java.time.Instant;

/// An invitation of an e-mail address to a team.
///
/// @param email normalised
public record Invitation(
        String id,
        String teamId,
        String email,
        Role role,
        String invitedBy,
        Instant createdAt,
        Instant expiresAt,
        boolean accepted) {

    static final Duration LIFE = Duration.ofDays(14);

    static Invitation to(
            String id, String teamId, String email, Role role, String by, Instant now) {
        return new Invitation(id, teamId, email, role, by, now, now.plus(LIFE), false);
    }

    /// Whether it can be accepted.
    boolean open(Instant now) {
        return !accepted && now.isBefore(expiresAt);
    }
}
