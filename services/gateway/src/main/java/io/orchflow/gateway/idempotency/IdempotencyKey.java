package io.orchflow.gateway.idempotency;

import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// One intended effect: what a principal asked of a path under a key of their own choice.
///
/// @param row key of the row in Redis, which does not give the client's key away
/// @param client the client's key; part of the secret that stored answers are sealed with
/// @param request digest of the body
public record IdempotencyKey(String row, String client, String request) {

    private static final Pattern WELL_FORMED = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /// @param client value of the `Idempotency-Key` header
    /// @param uri path and query
    /// @throws ProblemException 400 for a key that is not 1 to 255 visible ASCII characters
    public static IdempotencyKey of(String principal, String uri, String client, byte[] body) {
        if (!WELL_FORMED.matcher(client).matches()) {
            throw Problems.badInput(
                    "Idempotency-Key",
                    "malformed",
                    "Idempotency-Key has 1 to 255 visible ASCII characters.");
        }
        var row = digest((principal + "\n" + uri + "\n" + client).getBytes(StandardCharsets.UTF_8));
        return new IdempotencyKey("orchflow:idempotency:" + row, client, digest(body));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
