package io.orchflow.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void everySecretIsAnother() {
        assertThat(Secret.random("ofp_").text()).matches("ofp_[\\w-]{43}");
        assertThat(Secret.random("ofp_")).isNotEqualTo(Secret.random("ofp_"));
    }

    @Test
    void theDigestIsSha256InHex() {
        assertThat(new Secret("abc").digest())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aSecretIsNotPrinted() {
        assertThat("" + new Secret("abc")).doesNotContain("abc");
    }
}
