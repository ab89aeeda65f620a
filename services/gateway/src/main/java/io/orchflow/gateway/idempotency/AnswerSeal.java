package io.orchflow.gateway.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals stored answers (AES-256-GCM), since some hold secrets that are shown once. The key is made
/// of a secret of the gateways and of the client's own key, which Redis does not know.
final class AnswerSeal {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;

    AnswerSeal(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    String seal(IdempotencyKey key, byte[] plain) {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, key, nonce, plain);
        var all = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
        return Base64.getEncoder().encodeToString(all);
    }

    byte[] open(IdempotencyKey key, String sealed) {
        var all = Base64.getDecoder().decode(sealed);
        var nonce = Arrays.copyOf(all, NONCE);
        return run(Cipher.DECRYPT_MODE, key, nonce, Arrays.copyOfRange(all, NONCE, all.length));
    }

    private byte[] run(int mode, IdempotencyKey key, byte[] nonce, byte[] input) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            var seal = (key.row() + "\n" + key.client()).getBytes(StandardCharsets.UTF_8);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(mac.doFinal(seal), "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored answer cannot be sealed or opened", e);
        }
    }
}
