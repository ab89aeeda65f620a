package io.orchflow.auth.token;

import io.orchflow.access.Permission;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A person's long-lived credential for programs.
///
/// @param scopes what it may do at most; empty: all that a token may
/// @param expiresAt absent: never
public record PersonalAccessToken(
        String id,
        String accountId,
        String name,
        Set<String> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        boolean revoked) {

    static final String PREFIX = "ofp_";

    /// Every scope there is: of each permission that a token may have, its own and its area's.
    static Set<String> knownScopes() {
        var known = new TreeSet<String>();
        Arrays.stream(Permission.values())
                .filter(permission -> !permission.peopleOnly())
                .forEach(
                        permission -> {
                            known.add(permission.scope());
                            known.add(permission.area());
                        });
        return known;
    }

    boolean good(Instant now) {
        return !revoked && (expiresAt == null || now.isBefore(expiresAt));
    }

    /// Its session id in access tokens and grants.
    public String sessionId() {
        return "pat:" + id;
    }
}
