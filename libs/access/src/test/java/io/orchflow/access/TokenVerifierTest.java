package io.orchflow.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchflow.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EllipticCurveJsonWebKey KEY = key();
    private static final Caller ADA =
            new Caller(
                    "u1",
                    "Ada",
                    Caller.Kind.TOKEN,
                    Map.of("t1", Role.ADMIN),
                    Set.of("swarm:read"),
                    "pat:p1");

    private final FakeKeys keys = new FakeKeys();
    private final TokenVerifier verifier = verifierAt(NOW);

    @Test
    void aGoodTokenGivesTheCallerThatWasSigned() {
        assertThat(verifier.verify(sign(ADA, "k1"))).isEqualTo(ADA);
    }

    @Test
    void aTokenRunsOut() {
        var token = sign(ADA, "k1");

        assertThat(verifierAt(NOW.plusSeconds(300)).verify(token)).isEqualTo(ADA);
        assertThat(status(verifierAt(NOW.plusSeconds(311)), token)).isEqualTo(401);
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        var parts = sign(ADA, "k1").split("\\.", -1);
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        var changed = payload.replace("admin", "owner").getBytes(StandardCharsets.UTF_8);
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);

        assertThat(status(verifier, String.join(".", parts))).isEqualTo(401);
        assertThat(status(verifier, "")).isEqualTo(401);
        assertThat(status(verifier, "a.b.c")).isEqualTo(401);
        assertThat(status(verifier, "a".repeat(20_000))).isEqualTo(401);
    }

    @Test
    void onlyTheAlgorithmOfTheHouseIsTaken() throws JoseException {
        var unsigned = jws(claims());
        unsigned.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        unsigned.setKey(null);
        unsigned.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        var symmetric = jws(claims());
        symmetric.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        symmetric.setKey(new HmacKey(KEY.getECPublicKey().getEncoded()));

        assertThat(status(verifier, unsigned.getCompactSerialization())).isEqualTo(401);
        assertThat(status(verifier, symmetric.getCompactSerialization())).isEqualTo(401);
    }

    @Test
    void aTokenForSomebodyElseIsRefused() throws JoseException {
        assertThat(status(verifier, changed(c -> c.setIssuer("evil")))).isEqualTo(401);
        assertThat(status(verifier, changed(c -> c.setAudience("other")))).isEqualTo(401);
        assertThat(status(verifier, changed(c -> c.unsetClaim("exp")))).isEqualTo(401);
        assertThat(status(verifier, changed(c -> c.unsetClaim("teams")))).isEqualTo(401);
        assertThat(status(verifier, changed(c -> c.setExpirationTime(inAYear())))).isEqualTo(401);
        assertThat(verifier.verify(changed(_ -> {}))).isEqualTo(ADA);
    }

    @Test
    void anUnknownKeyIsLookedForOnce() {
        keys.late = KEY.getECPublicKey();

        assertThat(verifier.verify(sign(ADA, "late"))).isEqualTo(ADA);
        assertThat(status(verifier, sign(ADA, "other"))).isEqualTo(401);
    }

    @Test
    void whileNoKeyIsKnownNothingIsSaidAboutAToken() {
        keys.known = Map.of();

        assertThat(status(verifier, sign(ADA, "k1"))).isEqualTo(503);
    }

    private TokenVerifier verifierAt(Instant now) {
        return new TokenVerifier(List.of(keys), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static int status(TokenVerifier verifier, String token) {
        return catchThrowableOfType(ProblemException.class, () -> verifier.verify(token))
                .problem()
                .status();
    }

    private static String sign(Caller caller, String keyId) {
        var key = (ECPrivateKey) KEY.getPrivateKey();
        return TokenSigner.sign(caller, keyId, key, NOW, Duration.ofMinutes(5));
    }

    private static String changed(Consumer<JwtClaims> change) throws JoseException {
        var claims = claims();
        change.accept(claims);
        return jws(claims).getCompactSerialization();
    }

    private static JwtClaims claims() {
        var claims = TokenClaims.write(ADA);
        claims.setIssuedAt(NumericDate.fromMilliseconds(NOW.toEpochMilli()));
        claims.setExpirationTime(NumericDate.fromMilliseconds(NOW.toEpochMilli() + 60_000));
        return claims;
    }

    private static NumericDate inAYear() {
        return NumericDate.fromMilliseconds(NOW.plus(Duration.ofDays(365)).toEpochMilli());
    }

    private static JsonWebSignature jws(JwtClaims claims) {
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        jws.setKeyIdHeaderValue("k1");
        jws.setKey(KEY.getPrivateKey());
        jws.setPayload(claims.toJson());
        return jws;
    }

    private static EllipticCurveJsonWebKey key() {
        try {
            return EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class FakeKeys implements KeySource {
        Map<String, ECPublicKey> known = Map.of("k1", KEY.getECPublicKey());
        ECPublicKey late = KEY.getECPublicKey();

        @Override
        public Optional<ECPublicKey> find(String keyId) {
            return Optional.ofNullable(known.get(keyId));
        }

        @Override
        public void refresh() {
            if (!known.isEmpty()) {
                known = Map.of("k1", KEY.getECPublicKey(), "late", late);
            }
        }

        @Override
        public boolean learned() {
            return !known.isEmpty();
        }
    }
}
