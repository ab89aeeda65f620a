package io.orchflow.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

    @Test
    void anAddressHasOneForm() {
        assertThat(Email.parse("  Ada@Example.ORG ")).contains(new Email("ada@example.org"));
        assertThat(Email.parse("u\u0308@example.org")).isEqualTo(Email.parse("ü@example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "a da@example.org",
                "a@b@c",
                "a@b..c",
                "a@.b",
                "a@b\u0000"
            })
    void whatIsNoAddressIsRefused(String typed) {
        assertThat(Email.parse(typed)).isEmpty();
    }

    @Test
    void anAddressOfMoreThan254CharactersIsRefused() {
        assertThat(Email.parse("a@" + "b".repeat(252))).isPresent();
        assertThat(Email.parse("a@" + "b".repeat(253))).isEmpty();
    }

    @Test
    void theRecordHoldsTheFormItself() {
        assertThatThrownBy(() -> new Email("nobody")).isInstanceOf(IllegalArgumentException.class);
    }
}
