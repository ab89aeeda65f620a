package io.orchflow.local;

import io.orchflow.embedded.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/// The code that the first account needs: made at the first start, kept until there is an account.
final class SetupCode {
    private static final String ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    private static final int LENGTH = 16;
    private final Path used;
    private final Path file;
    private final Secrets secrets;

    SetupCode(Layout layout) {
        secrets = Secrets.in(layout.secrets());
        file = layout.secrets().resolve("setup-code");
        used = layout.secrets().resolve("setup-code-used");
    }

    /// Empty once it was used.
    Optional<String> get() {
        return Files.exists(used)
                ? Optional.empty()
                : Optional.of(secrets.getOr("setup-code", SetupCode::fresh));
    }

    void markUsed() {
        try {
            Secrets.writePrivate(used, "");
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Refusal.failed(Requirements.cannotWrite(file, e));
        }
    }

    private static String fresh() {
        var random = new SecureRandom();
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % 4 == 0) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }
}
