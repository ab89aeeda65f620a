package io.orchflow.auth.account;

import io.orchflow.problem.Validation;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which passwords are too weak (after NIST SP 800-63B: length and known bad ones, no recipes of
/// character classes).
public final class PasswordRules {

    static final int SHORTEST = 8;
    static final int LONGEST = 256;
    private static final int FEWEST_DISTINCT = 4;

    private static final Set<String> COMMON =
            Set.of(
                    "password",
                    "password1",
                    "password12",
                    "password123",
                    "password1234",
                    "passw0rd",
                    "p@ssw0rd",
                    "p@ssword",
                    "12345678",
                    "123456789",
                    "1234567890",
                    "0123456789",
                    "87654321",
                    "987654321",
                    "0987654321",
                    "qwertyui",
                    "qwertyuiop",
                    "qwerty12",
                    "qwerty123",
                    "qwerty1234",
                    "asdfghjk",
                    "asdfghjkl",
                    "zxcvbnm1",
                    "1q2w3e4r",
                    "1q2w3e4r5t",
                    "1qaz2wsx",
                    "q1w2e3r4",
                    "qazwsxedc",
                    "abcdefgh",
                    "abcd1234",
                    "abc12345",
                    "abcdef123",
                    "letmein1",
                    "letmein123",
                    "welcome1",
                    "welcome123",
                    "admin123",
                    "admin1234",
                    "administrator",
                    "iloveyou",
                    "sunshine",
                    "princess",
                    "football",
                    "baseball",
                    "superman",
                    "trustno1",
                    "starwars",
                    "whatever",
                    "computer",
                    "changeme",
                    "changeme1",
                    "changeme123",
                    "secret123",
                    "default1",
                    "test1234",
                    "testtest",
                    "passpass",
                    "orchflow");

    private PasswordRules() {}

    /// @param field names the password in what is wrong
    public static void check(
            Validation validation,
            String field,
            @Nullable String password,
            @Nullable Email email,
            @Nullable String displayName) {
        if (password == null || password.isEmpty()) {
            validation.check(false, field, "required", field + " is required.");
            return;
        }
        var characters = password.codePointCount(0, password.length());
        if (characters < SHORTEST || characters > LONGEST) {
            validation.check(
                    false,
                    field,
                    characters < SHORTEST ? "too-short" : "too-long",
                    field + " has " + characters + " characters; 8 to 256 are wanted.");
            return;
        }
        validation.check(
                !guessable(password.toLowerCase(Locale.ROOT), email, displayName),
                field,
                "too-weak",
                field + " is one of the first that anybody would try.");
    }

    private static boolean guessable(
            String password, @Nullable Email email, @Nullable String displayName) {
        return COMMON.contains(password)
                || password.codePoints().distinct().count() < FEWEST_DISTINCT
                || (email != null
                        && (password.equals(email.address()) || password.equals(email.local())))
                || (displayName != null
                        && password.equals(displayName.strip().toLowerCase(Locale.ROOT)));
    }
}
