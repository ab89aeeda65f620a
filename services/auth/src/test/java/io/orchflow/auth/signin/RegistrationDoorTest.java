package io.orchflow.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchflow.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegistrationDoorTest {

    private static final RegistrationDoor CLOSED = new RegistrationDoor(Optional.of("code"), false);

    @Test
    void anybodyPassesAnOpenDoor() {
        var open = new RegistrationDoor(Optional.of("code"), true);

        assertThatCode(() -> open.pass(true, false, null)).doesNotThrowAnyException();
        assertThatCode(() -> open.pass(false, false, null)).doesNotThrowAnyException();
    }

    @Test
    void theFirstNeedsTheCode() {
        assertThatCode(() -> CLOSED.pass(true, false, " code ")).doesNotThrowAnyException();
        assertThat(refused(CLOSED, true, false, "other")).isEqualTo("setup-code");
        assertThat(refused(CLOSED, true, false, null)).isEqualTo("setup-code");
        assertThat(refused(CLOSED, true, true, null)).isEqualTo("setup-code");
    }

    @Test
    void withoutACodeNobodyIsTheFirst() {
        var none = new RegistrationDoor(Optional.empty(), false);

        assertThat(refused(none, true, false, "")).isEqualTo("setup-code");
    }

    @Test
    void theOthersNeedAnInvitation() {
        assertThatCode(() -> CLOSED.pass(false, true, null)).doesNotThrowAnyException();
        assertThat(refused(CLOSED, false, false, "code")).isEqualTo("registration-closed");
    }

    private static String refused(
            RegistrationDoor door, boolean first, boolean invited, @Nullable String code) {
        return catchThrowableOfType(ProblemException.class, () -> door.pass(first, invited, code))
                .problem()
                .slug();
    }
}
