package io.orchflow.auth.account;

import io.orchflow.problem.Validation;
import org.jspecify.annotations.Nullable;

/// What somebody registers with, checked.
///
/// @param displayName 1 to 100 characters, no control characters
public record NewAccount(Email email, String password, String displayName) {

    private static final int LONGEST_NAME = 100;

    /// @throws io.orchflow.problem.ProblemException 400 with everything that is wrong
    public static NewAccount check(
            @Nullable String email, @Nullable String password, @Nullable String displayName) {
        var validation = new Validation();
        var address = Email.parse(email).orElse(null);
        if (email == null || email.isBlank()) {
            validation.check(false, "email", "required", "email is required.");
        } else {
            validation.check(address != null, "email", "malformed", "email is no e-mail address.");
        }
        checkName(validation, displayName);
        PasswordRules.check(validation, "password", password, address, displayName);
        validation.throwIfAny();
        if (address == null || password == null || displayName == null) {
            throw new IllegalStateException("Validation let a missing field pass");
        }
        return new NewAccount(address, password, displayName.strip());
    }

    public static void checkName(Validation validation, @Nullable String displayName) {
        validation.text(displayName, "displayName", LONGEST_NAME);
        if (displayName != null) {
            validation.check(
                    displayName.chars().noneMatch(Character::isISOControl),
                    "displayName",
                    "malformed",
                    "displayName has control characters.");
        }
    }
}
