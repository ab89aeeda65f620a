package io.orchflow.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// A bearer secret of 256 random bits. Only its digest is kept: nothing that random can be guessed
/// from a plain SHA-256.
///
/// @param text what the bearer holds
public record Secret(String text) {

    private static final int BYTES = 32;

    /// @param prefix tells what kind of secret it is, to people and to secret scanners
    public static Secret random(String prefix) {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// SHA-256 in hex.
    public String digest() {
        return digest(text);
    }

    public static String digest(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("No SHA-256 on this Java", e);
        }
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
