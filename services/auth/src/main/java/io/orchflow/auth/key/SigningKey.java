package io.orchflow.auth.key;

import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key pair (P-256) and its times. It is published before it signs, and after it has stopped
/// until the last token it signed has run out.
///
/// @param publicJwk JSON Web Key (RFC 7517) with `kid`
/// @param privateKey absent where it could not be decrypted: the key then only verifies
public record SigningKey(
        String id,
        String publicJwk,
        ECPublicKey publicKey,
        @Nullable ECPrivateKey privateKey,
        Instant signsFrom,
        Instant signsUntil,
        Instant notAfter) {

    /// How long a new key is known before it signs.
    static final Duration LEAD = Duration.ofMinutes(10);

    /// How long a key is published after it has stopped signing.
    static final Duration TAIL = Duration.ofHours(1);

    boolean signs(Instant now) {
        return privateKey != null && !now.isBefore(signsFrom) && now.isBefore(signsUntil);
    }

    boolean published(Instant now) {
        return now.isBefore(notAfter);
    }

    /// The youngest of those that may sign now.
    static Optional<SigningKey> current(Collection<SigningKey> keys, Instant now) {
        return keys.stream()
                .filter(key -> key.signs(now))
                .max(Comparator.comparing(SigningKey::signsFrom));
    }

    /// When the next key has to start signing; empty while there is one that signs then.
    static Optional<Instant> due(Collection<SigningKey> keys, Instant now) {
        var ahead = now.plus(LEAD);
        if (current(keys, now).isEmpty()) {
            return Optional.of(now);
        }
        return keys.stream().anyMatch(key -> key.signs(ahead))
                ? Optional.empty()
                : Optional.of(now.plus(LEAD.dividedBy(2)));
    }
}
