package io.orchflow.access;

import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// Makes access tokens: JWS compact, ES256 (RFC 7515, 7518), with the claims that
/// [TokenVerifier] reads.
public final class TokenSigner {

    /// No access token lives longer.
    public static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private TokenSigner() {}

    /// @param keyId `kid`, by which the public key is found
    /// @param life at most [#LONGEST_LIFE]
    public static String sign(
            Caller caller, String keyId, ECPrivateKey key, Instant now, Duration life) {
        if (life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("An access token lives 5 minutes at most");
        }
        var claims = TokenClaims.write(caller);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(life).getEpochSecond()));
        claims.setJwtId(UUID.randomUUID().toString());
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        jws.setKeyIdHeaderValue(keyId);
        jws.setHeader("typ", "at+jwt");
        jws.setKey(key);
        jws.setPayload(claims.toJson());
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("Access token could not be signed with " + keyId, e);
        }
    }
}
