package io.orchflow.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void theBodyHasTheMembersOfTheStandardAndTheExtensions() {
        var problem =
                Problems.conflict("approved", "Plan p1 is approved.", Map.of("swarmId", "s1"));

        assertThat(new String(problem.problem().json(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"type\":\"urn:orchflow:problem:approved\",\"title\":\"Conflict\",\"status\":409,"
                                + "\"detail\":\"Plan p1 is approved.\",\"swarmId\":\"s1\"}");
    }

    @Test
    void anExtensionReplacesNoStandardMember() {
        var problem = Problems.forbidden("No.").problem().with("status", 200);

        assertThat(problem.body()).containsEntry("status", 403);
    }

    @Test
    void aStatusThatIsNoErrorIsRefused() {
        assertThatThrownBy(() -> new Problem("fine", 200, "Fine", "All is well."))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aValidationTellsAllErrorsAtOnce() {
        var validation = new Validation().text(" ", "name", 5).text("too long", "title", 5);
        validation.check(true, "x", "y", "z");

        var refused = catchThrowableOfType(ProblemException.class, validation::throwIfAny);

        assertThat(refused.problem().errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("name", "required"),
                        org.assertj.core.groups.Tuple.tuple("title", "too-long"));
    }

    @Test
    void aValidationWithoutErrorsThrowsNothing() {
        new Validation().text("fine", "name", 5).throwIfAny();
    }
}
