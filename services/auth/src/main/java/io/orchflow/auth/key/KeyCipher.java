package io.orchflow.auth.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Encrypts private keys at rest: AES-256-GCM, nonce first, with a key derived from a secret by
/// HKDF-SHA256 (RFC 5869). The id of the key is authenticated with it.
final class KeyCipher {

    private static final int SHORTEST_SECRET = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    KeyCipher(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "ORCHFLOW_AUTH_KEY_SECRET has "
                            + secret.length()
                            + " characters; at least 16 are needed.");
        }
        try {
            key =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveKey(
                                    "AES",
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                                            .thenExpand(bytes("orchflow signing keys"), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No HKDF-SHA256 on this Java", e);
        }
    }

    byte[] encrypt(String keyId, byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, keyId).doFinal(plain);
            var stored = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, stored, NONCE_BYTES, sealed.length);
            return stored;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing key " + keyId + " could not be encrypted", e);
        }
    }

    /// @throws GeneralSecurityException where it was encrypted with another secret, or changed
    byte[] decrypt(String keyId, byte[] stored) throws GeneralSecurityException {
        var nonce = Arrays.copyOf(stored, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, nonce, keyId)
                .doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES);
    }

    private Cipher cipher(int mode, byte[] nonce, String keyId) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bytes(keyId));
        return cipher;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
