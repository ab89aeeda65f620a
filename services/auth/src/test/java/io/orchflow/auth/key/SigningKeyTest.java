package io.orchflow.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofDays(30);

    @Test
    void withoutAKeyOneIsDueAtOnce() {
        assertThat(SigningKey.due(List.of(), START)).contains(START);
    }

    @Test
    void whileAKeySignsNoneIsDue() {
        assertThat(SigningKey.due(List.of(key("1", START)), START.plus(Duration.ofDays(29))))
                .isEmpty();
    }

    @Test
    void aKeyThatCannotBeReadSignsNothing() {
        var key = key("1", START);
        var unreadable =
                new SigningKey(
                        "1", "", key.publicKey(), null, START, START.plus(LIFE), START.plus(LIFE));

        assertThat(SigningKey.due(List.of(unreadable), START)).contains(START);
    }

    /// Turned every minute for four months: there is always one key that signs, it was known five
    /// minutes before it did, and no key goes before its last token has run out.
    @Test
    void rotationNeverLeavesAGap() {
        var keys = new ArrayList<SigningKey>();
        var madeAt = new ArrayList<Instant>();
        for (var now = START;
                now.isBefore(START.plus(Duration.ofDays(120)));
                now = now.plusSeconds(60)) {
            var time = now;
            SigningKey.due(keys, now)
                    .ifPresent(
                            from -> {
                                keys.add(key(String.valueOf(keys.size()), from));
                                madeAt.add(time);
                            });
            var current = SigningKey.current(keys, now).orElseThrow();
            assertThat(current.published(now.plus(Duration.ofMinutes(5)))).isTrue();
        }

        assertThat(keys).hasSize(5);
        for (var i = 1; i < keys.size(); i++) {
            assertThat(Duration.between(madeAt.get(i), keys.get(i).signsFrom()))
                    .isEqualTo(Duration.ofMinutes(5));
        }
    }

    private static final EllipticCurveJsonWebKey PAIR = pair();

    private static SigningKey key(String id, Instant from) {
        var until = from.plus(LIFE);
        return new SigningKey(
                id,
                "",
                PAIR.getECPublicKey(),
                (ECPrivateKey) PAIR.getPrivateKey(),
                from,
                until,
                until.plus(SigningKey.TAIL));
    }

    private static EllipticCurveJsonWebKey pair() {
        try {
            return EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
