package io.orchflow.auth.account;

import io.orchflow.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/// Argon2id (RFC 9106) with the parameters that OWASP advises: 19 MiB, 2 passes, 1 lane. Hashes
/// are kept in the PHC string format. As many run at once as there are processors, so that a burst
/// of sign-ins cannot take all memory.
public final class PasswordHasher {

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([\\w+/]+)\\$([\\w+/]+)");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore permits =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
    private final String nobodys = hash("nobody has this password");

    public String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var hash = derive(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        MEMORY_KIB,
                        PASSES,
                        LANES,
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    /// Takes the same time whether there is an account or not.
    ///
    /// @param hash PHC string; null where there is no such account
    /// @throws io.orchflow.problem.ProblemException 503 where too many are being checked
    public boolean matches(String password, @Nullable String hash) {
        var parts = PHC.matcher(hash == null ? nobodys : hash);
        if (!parts.matches()) {
            throw new IllegalStateException("A stored password hash is not Argon2id in PHC form");
        }
        var expected = Base64.getDecoder().decode(parts.group(5));
        var derived =
                derive(
                        password,
                        Base64.getDecoder().decode(parts.group(4)),
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        expected.length);
        return MessageDigest.isEqual(expected, derived) && hash != null;
    }

    private byte[] derive(
            String password, byte[] salt, int memoryKib, int passes, int lanes, int bytes) {
        acquire();
        try {
            var argon2 = new Argon2BytesGenerator();
            argon2.init(
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withMemoryAsKB(memoryKib)
                            .withIterations(passes)
                            .withParallelism(lanes)
                            .withSalt(salt)
                            .build());
            var derived = new byte[bytes];
            var normalised = Normalizer.normalize(password, Normalizer.Form.NFKC);
            argon2.generateBytes(normalised.getBytes(StandardCharsets.UTF_8), derived);
            return derived;
        } finally {
            permits.release();
        }
    }

    private void acquire() {
        try {
            if (permits.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw Problems.unavailable("Too many sign-ins at once.", Duration.ofSeconds(2));
    }
}
