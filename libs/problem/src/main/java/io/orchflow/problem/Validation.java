package io.orchflow.problem;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects everything that is wrong with an input, so that a client learns it at once. One thread.
public final class Validation {

    private final List<FieldError> errors = new ArrayList<>();

    /// @param ok false adds the error
    public Validation check(boolean ok, String field, String code, String message) {
        if (!ok) {
            errors.add(new FieldError(field, code, message));
        }
        return this;
    }

    /// Holds that a text is there, is not blank, has at most `maxLength` characters (UTF-16) and
    /// no U+0000, which PostgreSQL does not store.
    public Validation text(@Nullable String value, String field, int maxLength) {
        if (value == null || value.isBlank()) {
            return check(false, field, "required", field + " is required.");
        }
        check(
                value.indexOf('\0') < 0,
                field,
                "malformed",
                field + " has the character U+0000, which no text may have.");
        return check(
                value.length() <= maxLength,
                field,
                "too-long",
                field + " has " + value.length() + " characters; at most " + maxLength + ".");
    }

    public boolean ok() {
        return errors.isEmpty();
    }

    /// @throws ProblemException 400 with every error so far
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw Problems.badInput(errors);
        }
    }
}
