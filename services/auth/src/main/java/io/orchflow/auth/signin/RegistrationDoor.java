package io.orchflow.auth.signin;

import io.orchflow.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may register: anybody where registration is open; else the first with the set-up code, and
/// later those who are invited.
///
/// @param setupCode absent: there is none, and nobody can be the first
record RegistrationDoor(Optional<String> setupCode, boolean open) {

    /// @param first whether there is no account yet
    /// @param invited whether the e-mail address has an open invitation
    /// @throws io.orchflow.problem.ProblemException 403 where it is closed
    void pass(boolean first, boolean invited, @Nullable String code) {
        if (open || (!first && invited)) {
            return;
        }
        if (!first) {
            throw Problems.forbidden("registration-closed", "Registration is closed.");
        }
        if (code == null || setupCode.isEmpty() || !equal(code.strip(), setupCode.get())) {
            throw Problems.forbidden(
                    "setup-code", "The first account needs the code that orchflow printed.");
        }
    }

    private static boolean equal(String given, String expected) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
