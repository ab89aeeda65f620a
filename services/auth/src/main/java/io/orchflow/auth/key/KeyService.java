package io.orchflow.auth.key;

import io.orchflow.access.Caller;
import io.orchflow.access.KeySource;
import io.orchflow.access.TokenSigner;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.Ids;
import io.orchflow.events.Topics;
import io.orchflow.events.auth.SigningKeyState;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.orchflow.problem.Problems;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/// Keeps the signing keys: makes and publishes the next one in time, signs with the current one,
/// forgets those whose last token has run out.
@Singleton
@Priority(100)
public class KeyService implements KeySource {

    /// An access token and when it runs out.
    public record Signed(String token, Instant expiresAt) {}

    private final KeyRepository keys;
    private final Transactions transactions;
    private final Clock clock;
    private final Duration signsFor;

    private volatile List<SigningKey> known = List.of();

    KeyService(KeyRepository keys, Transactions transactions, Clock clock, KeyConfig config) {
        this.keys = keys;
        this.transactions = transactions;
        this.clock = clock;
        this.signsFor = config.signsFor();
    }

    void onStart(@Observes StartupEvent event) {
        turn();
    }

    /// Every replica learns of a new key long before it signs.
    @Scheduled(every = "60s", delayed = "60s")
    @RunOnVirtualThread
    void turn() {
        known = transactions.inTransaction(this::turned);
    }

    private List<SigningKey> turned(Tx tx) {
        keys.lock(tx);
        var now = clock.instant();
        keys.all(tx).stream().filter(key -> !key.published(now)).forEach(key -> forget(tx, key));
        SigningKey.due(keys.all(tx), now).ifPresent(start -> add(tx, start));
        return keys.all(tx);
    }

    private void forget(Tx tx, SigningKey key) {
        keys.remove(tx, key.id());
        tx.publishTombstone(Topics.SIGNING_KEY_STATE, key.id());
    }

    private void add(Tx tx, Instant signsFrom) {
        var id = Ids.next();
        try {
            var pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            pair.setKeyId(id);
            pair.setUse("sig");
            pair.setAlgorithm("ES256");
            var until = signsFrom.plus(signsFor);
            var jwk = pair.toJson(OutputControlLevel.PUBLIC_ONLY);
            var privateKey = (ECPrivateKey) pair.getPrivateKey();
            var key =
                    new SigningKey(
                            id,
                            jwk,
                            pair.getECPublicKey(),
                            privateKey,
                            signsFrom,
                            until,
                            until.plus(SigningKey.TAIL));
            keys.add(tx, key, privateKey);
            tx.publish(id, state(key));
        } catch (JoseException e) {
            throw new IllegalStateException("No P-256 key could be made", e);
        }
    }

    private static SigningKeyState state(SigningKey key) {
        var state = new SigningKeyState();
        state.setVersion(1L);
        state.setKeyId(key.id());
        state.setPublicJwk(key.publicJwk());
        state.setNotAfter(key.notAfter());
        return Facts.stamp(state, Envelope.ofSystem("auth", "", null));
    }

    /// @return JSON Web Key Set (RFC 7517) of all keys that a good token may be signed with
    public String jwks() {
        var now = clock.instant();
        return known.stream()
                .filter(key -> key.published(now))
                .map(SigningKey::publicJwk)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /// Signs an access token of the longest life.
    public Signed sign(Caller caller) {
        var now = clock.instant();
        var key =
                SigningKey.current(known, now)
                        .orElseThrow(
                                () ->
                                        Problems.unavailable(
                                                "There is no signing key now.",
                                                Duration.ofSeconds(5)));
        var privateKey = key.privateKey();
        if (privateKey == null) {
            throw new IllegalStateException("Signing key " + key.id() + " has no private part");
        }
        var token = TokenSigner.sign(caller, key.id(), privateKey, now, TokenSigner.LONGEST_LIFE);
        return new Signed(token, now.plus(TokenSigner.LONGEST_LIFE));
    }

    @Override
    public Optional<ECPublicKey> find(String keyId) {
        var now = clock.instant();
        return known.stream()
                .filter(key -> key.id().equals(keyId) && key.published(now))
                .map(SigningKey::publicKey)
                .findFirst();
    }

    @Override
    public void refresh() {
        // another replica's new key is known here long before it signs
    }

    @Override
    public boolean learned() {
        return !known.isEmpty();
    }
}
