package io.orchflow.auth.session;

import java.time.Duration;
import java.time.Instant;

/// A sign-in: it lives as long as it is used, up to a limit, and ends once.
public record Session(
        String id,
        String accountId,
        Instant startedAt,
        Instant lastUsedAt,
        Instant expiresAt,
        boolean ended) {

    /// A session that nobody used for so long is over.
    static final Duration IDLE = Duration.ofDays(14);

    /// No session lives longer.
    static final Duration LONGEST = Duration.ofDays(90);

    /// Why a session ended, as its fact says.
    public enum End {
        LOGOUT("logout"),
        EXPIRED("expired"),
        REUSE_DETECTED("reuse-detected"),
        REVOKED("revoked");

        private final String reason;

        End(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    static Session start(String id, String accountId, Instant now) {
        return new Session(id, accountId, now, now, now.plus(IDLE), false);
    }

    boolean good(Instant now) {
        return !ended && now.isBefore(expiresAt);
    }

    /// The same session after it was used now.
    Session used(Instant now) {
        var latest = startedAt.plus(LONGEST);
        var idle = now.plus(IDLE);
        return new Session(
                id, accountId, startedAt, now, idle.isBefore(latest) ? idle : latest, ended);
    }
}
