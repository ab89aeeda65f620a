package io.orchflow.access;

import io.orchflow.events.Topics;
import io.orchflow.events.auth.SigningKeyState;
import io.orchflow.outbox.Outbox;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/// The issuer's keys from their state topic: known even while the issuer is down from the start.
/// A bean where [TopicKeysProducer] is asked for, so that a service without an outbox needs none.
public final class TopicKeys implements KeySource {

    private record Known(ECPublicKey key, Instant notAfter) {}

    private static final Logger LOG = Logger.getLogger(TopicKeys.class);

    private final Map<String, Known> keys = new ConcurrentHashMap<>();
    private final Clock clock;

    /// Follows the topic until the service stops.
    public TopicKeys(Outbox outbox) {
        this(Clock.systemUTC());
        outbox.stateTable(Topics.SIGNING_KEY_STATE, SigningKeyState.class, this::take);
    }

    TopicKeys(Clock clock) {
        this.clock = clock;
    }

    void take(SigningKeyState state) {
        try {
            if (JsonWebKey.Factory.newJwk(state.getPublicJwk())
                    instanceof EllipticCurveJsonWebKey key) {
                keys.put(state.getKeyId(), new Known(key.getECPublicKey(), state.getNotAfter()));
            }
        } catch (JoseException e) {
            LOG.warnf("Signing key cannot be read keyId=%s", state.getKeyId());
        }
        keys.values().removeIf(known -> !clock.instant().isBefore(known.notAfter()));
    }

    @Override
    public Optional<ECPublicKey> find(String keyId) {
        return Optional.ofNullable(keys.get(keyId))
                .filter(known -> clock.instant().isBefore(known.notAfter()))
                .map(Known::key);
    }

    @Override
    public boolean learned() {
        return !keys.isEmpty();
    }
}
