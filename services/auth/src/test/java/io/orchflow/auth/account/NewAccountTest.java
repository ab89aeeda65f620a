package io.orchflow.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchflow.problem.FieldError;
import io.orchflow.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewAccountTest {

    @Test
    void whatIsGoodIsNormalised() {
        var account = NewAccount.check("Ada@Example.org", "correct horse", " Ada ");

        assertThat(account)
                .isEqualTo(new NewAccount(new Email("ada@example.org"), "correct horse", "Ada"));
    }

    @ParameterizedTest
    @CsvSource({
        "short12, too-short",
        "Password123, too-weak",
        "ada@example.org, too-weak",
        "ada lovelace, too-weak",
        "abababababab, too-weak",
        "'', required",
    })
    void aWeakPasswordIsRefused(String password, String code) {
        assertThat(errors("ada@example.org", password, "Ada Lovelace"))
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("password", code));
    }

    @Test
    void aPasswordOfMoreThan256CharactersIsRefused() {
        assertThat(errors("ada@example.org", "abcdefgh".repeat(33), "Ada"))
                .extracting(FieldError::code)
                .containsExactly("too-long");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThat(errors(null, null, "A\nB"))
                .extracting(FieldError::field)
                .containsExactly("email", "displayName", "password");
    }

    private static List<FieldError> errors(
            @Nullable String email, @Nullable String password, String displayName) {
        var refused =
                catchThrowableOfType(
                        ProblemException.class,
                        () -> NewAccount.check(email, password, displayName));
        return refused.problem().errors();
    }
}
