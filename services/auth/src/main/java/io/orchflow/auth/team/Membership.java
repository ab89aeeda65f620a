package io.orchflow.auth.team;

import io.orchflow.access.Role;
import java.time.Instant;

/// What a person is in a team.
public record Membership(Team team, String accountId, Role role, Instant joinedAt) {}
