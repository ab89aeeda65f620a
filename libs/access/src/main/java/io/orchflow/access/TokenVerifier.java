package io.orchflow.access;

import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.quarkus.arc.All;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/// Verifies access tokens by the issuer's public keys, with no call to the issuer while the key is
/// known. Any thread; blocks up to 2 s for an unknown key, but never an event loop.
///
/// Of normal scope, since filters are made while the application is built.
@ApplicationScoped
public class TokenVerifier {

    private static final Logger LOG = Logger.getLogger(TokenVerifier.class);
    private static final int SKEW_SECONDS = 10;
    private static final int LONGEST_TOKEN = 16_384;

    private final List<KeySource> sources;
    private final Clock clock;

    @Inject
    TokenVerifier(@All List<KeySource> sources) {
        this(sources, Clock.systemUTC());
    }

    /// @param sources asked in this order
    public TokenVerifier(List<KeySource> sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    /// @param jwt compact serialization
    /// @throws io.orchflow.problem.ProblemException 401 for a token that is not good; 503 where its
    ///     key is not known and nobody could be asked
    public Caller verify(String jwt) {
        if (jwt.length() > LONGEST_TOKEN) {
            throw Problems.unauthorized("The credential is too long.");
        }
        try {
            return TokenClaims.read(consumer().processToClaims(jwt));
        } catch (InvalidJwtException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            LOG.debugf("Access token refused reason=%s", e.getErrorDetails());
            throw Problems.unauthorized(
                    e.hasExpired()
                            ? "The credential has expired."
                            : "The credential is not valid.");
        } catch (MalformedClaimException | RuntimeException e) {
            LOG.debugf("Access token refused reason=%s", e.toString());
            throw Problems.unauthorized("The credential is not valid.");
        }
    }

    private JwtConsumer consumer() {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(
                                ConstraintType.PERMIT,
                                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256))
                .setVerificationKeyResolver((jws, _) -> key(jws))
                .setExpectedIssuer(TokenClaims.ISSUER)
                .setExpectedAudience(TokenClaims.AUDIENCE)
                .setRequireSubject()
                .setRequireIssuedAt()
                .setRequireExpirationTime()
                .setMaxFutureValidityInMinutes((int) TokenSigner.LONGEST_LIFE.toMinutes())
                .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build();
    }

    private Key key(JsonWebSignature jws) throws UnresolvableKeyException {
        var keyId = jws.getKeyIdHeaderValue();
        if (keyId == null) {
            throw new UnresolvableKeyException("no kid");
        }
        var known = known(keyId);
        if (known.isEmpty()) {
            refresh();
            known = known(keyId);
        }
        if (known.isEmpty() && sources.stream().noneMatch(KeySource::learned)) {
            throw Problems.unavailable("Signing keys are not known yet.", Duration.ofSeconds(1));
        }
        return known.orElseThrow(() -> new UnresolvableKeyException("unknown kid " + keyId));
    }

    private void refresh() {
        if (Infrastructure.canCallerThreadBeBlocked()) {
            sources.forEach(KeySource::refresh);
        } else {
            Thread.startVirtualThread(() -> sources.forEach(KeySource::refresh));
        }
    }

    private Optional<ECPublicKey> known(String keyId) {
        return sources.stream().flatMap(source -> source.find(keyId).stream()).findFirst();
    }
}
