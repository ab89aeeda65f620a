package io.orchflow.auth.key;

import io.orchflow.outbox.Tx;
import io.orchflow.sealing.Seal;
import io.orchflow.sealing.SealBroken;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Signing keys as rows, the private ones encrypted.
@Singleton
class KeyRepository {

    private static final Logger LOG = Logger.getLogger(KeyRepository.class);

    private final Seal seal;

    @Inject
    KeyRepository(KeyConfig config) {
        this.seal = Seal.of("ORCHFLOW_AUTH_KEY_SECRET", config.secret(), "orchflow signing keys");
    }

    /// One replica at a time changes the keys.
    void lock(Tx tx) {
        tx.query("select pg_advisory_xact_lock(hashtext('signing keys'))");
    }

    List<SigningKey> all(Tx tx) {
        var keys = new ArrayList<SigningKey>();
        tx.query("select * from signing_key order by signs_from")
                .forEach(row -> keys.add(key(row)));
        return keys;
    }

    void add(Tx tx, SigningKey key, ECPrivateKey privateKey) {
        tx.update(
                """
                insert into signing_key
                    (id, public_jwk, private_key, signs_from, signs_until, not_after)
                values ($1, $2, $3, $4, $5, $6)
                """,
                key.id(),
                key.publicJwk(),
                Buffer.buffer(seal.close(key.id(), privateKey.getEncoded())),
                key.signsFrom().atOffset(ZoneOffset.UTC),
                key.signsUntil().atOffset(ZoneOffset.UTC),
                key.notAfter().atOffset(ZoneOffset.UTC));
    }

    void remove(Tx tx, String id) {
        tx.update("delete from signing_key where id = $1", id);
    }

    private SigningKey key(Row row) {
        var id = row.getString("id");
        var jwk = row.getString("public_jwk");
        return new SigningKey(
                id,
                jwk,
                publicKey(jwk),
                privateKey(id, row.getBuffer("private_key").getBytes()),
                instant(row, "signs_from"),
                instant(row, "signs_until"),
                instant(row, "not_after"));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    private static ECPublicKey publicKey(String jwk) {
        try {
            return ((EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(jwk)).getECPublicKey();
        } catch (JoseException e) {
            throw new IllegalStateException("A stored public key is no JSON Web Key", e);
        }
    }

    private @Nullable ECPrivateKey privateKey(String id, byte[] stored) {
        try {
            var plain = new PKCS8EncodedKeySpec(seal.open(id, stored));
            return (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(plain);
        } catch (SealBroken | GeneralSecurityException e) {
            LOG.warnf(
                    "Signing key cannot be decrypted, only verifies: was ORCHFLOW_AUTH_KEY_SECRET"
                            + " changed? keyId=%s reason=%s",
                    id, e.toString());
            return null;
        }
    }
}
