package io.orchflow.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Encrypts at rest: AES-256-GCM, nonce first, with keys derived from a secret by HKDF-SHA256 (RFC
/// 5869), one for each purpose. Any thread.
public final class Seal {

    private static final int SHORTEST_SECRET = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private final SecretKey key;
    private final SecretKey proofs;
    private final SecureRandom random = new SecureRandom();

    private Seal(SecretKey key, SecretKey proofs) {
        this.key = key;
        this.proofs = proofs;
    }

    /// @param variable where a person sets the secret, for the message
    /// @param secret at least 16 characters
    /// @param purpose what is sealed; other purposes get other keys
    /// @throws IllegalArgumentException the secret is too short
    public static Seal of(String variable, String secret, String purpose) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    variable
                            + " has "
                            + secret.length()
                            + " characters; at least "
                            + SHORTEST_SECRET
                            + " are needed.");
        }
        return new Seal(
                derived("AES", secret, purpose),
                derived("HmacSHA256", secret, purpose + " proofs"));
    }

    private static SecretKey derived(String algorithm, String secret, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(bytes(secret))
                                    .thenExpand(bytes(purpose), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No HKDF-SHA256 on this Java", e);
        }
    }

    /// @param name authenticated with the content
    public byte[] close(String name, byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(plain);
            var stored = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, stored, NONCE_BYTES, sealed.length);
            return stored;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(name + " could not be encrypted", e);
        }
    }

    public byte[] open(String name, byte[] stored) throws SealBroken {
        try {
            var nonce = Arrays.copyOf(stored, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, name)
                    .doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SealBroken(name, e);
        }
    }

    /// HMAC-SHA256 of a name, base64url: always the same, and nothing that can be made without the
    /// secret.
    public String prove(String name) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(proofs);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(name)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(bytes(name));
        return cipher;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
