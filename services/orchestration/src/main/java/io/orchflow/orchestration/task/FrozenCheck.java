package io.orchflow.orchestration.task;

import io.orchflow.orchestration.plan.AcceptanceCheck;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// An acceptance check as it was approved.
///
/// @param sha256 of the command's UTF-8 bytes, hex
public record FrozenCheck(String command, String sha256) {

    public FrozenCheck {
        if (!digest(command).equals(sha256)) {
            throw new IllegalArgumentException("check was changed after its approval: " + command);
        }
    }

    public static FrozenCheck freeze(AcceptanceCheck check) {
        return new FrozenCheck(check.command(), digest(check.command()));
    }

    private static String digest(String command) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha256.digest(command.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
