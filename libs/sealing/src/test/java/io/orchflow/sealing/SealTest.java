package io.orchflow.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.UTF_8);

    private final Seal seal = of("a secret of the launcher");

    private static Seal of(String secret) {
        return Seal.of("ORCHFLOW_X_SECRET", secret, "keys");
    }

    @Test
    void whatWasClosedIsOpenedWithTheSameSecretOnly() throws Exception {
        var stored = seal.close("k1", PLAIN);

        assertThat(of("a secret of the launcher").open("k1", stored)).isEqualTo(PLAIN);
        assertThat(stored).isNotEqualTo(seal.close("k1", PLAIN));
        assertThatThrownBy(() -> of("another secret here").open("k1", stored))
                .isInstanceOf(SealBroken.class);
    }

    @Test
    void anotherPurposeIsAnotherKey() {
        var stored = seal.close("k1", PLAIN);
        var other = Seal.of("ORCHFLOW_X_SECRET", "a secret of the launcher", "other keys");

        assertThatThrownBy(() -> other.open("k1", stored)).isInstanceOf(SealBroken.class);
        assertThat(other.prove("k1")).isNotEqualTo(seal.prove("k1"));
    }

    @Test
    void oneThingCannotStandForAnother() {
        var stored = seal.close("k1", PLAIN);

        assertThatThrownBy(() -> seal.open("k2", stored)).isInstanceOf(SealBroken.class);
    }

    @Test
    void whatIsTooShortToBeSealedIsBroken() {
        assertThatThrownBy(() -> seal.open("k1", new byte[3])).isInstanceOf(SealBroken.class);
    }

    @Test
    void aProofIsTheSameForTheSameNameOnly() {
        assertThat(seal.prove("one")).isEqualTo(of("a secret of the launcher").prove("one"));
        assertThat(seal.prove("one")).isNotEqualTo(seal.prove("two"));
        assertThat(of("another secret here").prove("one")).isNotEqualTo(seal.prove("one"));
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> of("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ORCHFLOW_X_SECRET");
    }
}
