package io.orchflow.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class KeyCipherTest {

    private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.UTF_8);

    private final KeyCipher cipher = new KeyCipher("a secret of the launcher");

    @Test
    void whatWasEncryptedIsDecryptedWithTheSameSecretOnly() throws Exception {
        var stored = cipher.encrypt("k1", PLAIN);

        assertThat(new KeyCipher("a secret of the launcher").decrypt("k1", stored))
                .isEqualTo(PLAIN);
        assertThat(stored).isNotEqualTo(cipher.encrypt("k1", PLAIN));
        assertThatThrownBy(() -> new KeyCipher("another secret here").decrypt("k1", stored))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aKeyCannotStandForAnother() {
        var stored = cipher.encrypt("k1", PLAIN);

        assertThatThrownBy(() -> cipher.decrypt("k2", stored))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> new KeyCipher("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ORCHFLOW_AUTH_KEY_SECRET");
    }
}
