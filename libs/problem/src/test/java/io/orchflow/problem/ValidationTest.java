package io.orchflow.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ValidationTest {

    @Test
    void aTextMayHaveAnyCharacterButNul() {
        assertThatCode(() -> new Validation().text("a\n\u0001é", "name", 4).throwIfAny())
                .doesNotThrowAnyException();
        var validation = new Validation().text("a\0b", "name", 4);

        var refused = catchThrowableOfType(ProblemException.class, validation::throwIfAny);

        assertThat(refused.problem().status()).isEqualTo(400);
        assertThat(refused.problem().errors())
                .singleElement()
                .satisfies(e -> assertThat(e.field()).isEqualTo("name"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("malformed"));
    }

    @Test
    void aTextIsThereAndNotTooLong() {
        var validation = new Validation().text(" ", "name", 4).text("abcde", "title", 4);

        var refused = catchThrowableOfType(ProblemException.class, validation::throwIfAny);

        assertThat(refused.problem().errors())
                .extracting(FieldError::code)
                .containsExactly("required", "too-long");
    }
}
