package io.orchflow.auth.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An e-mail address in the one form in which it is kept and compared: NFC, lower case.
///
/// @param address `local@domain`, at most 254 characters (RFC 5321)
public record Email(String address) {

    private static final Pattern FORM =
            Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}.]+(\\.[^\\s@\\p{Cntrl}.]+)*");
    private static final int LONGEST = 254;

    public Email {
        if (address.length() > LONGEST || !FORM.matcher(address).matches()) {
            throw new IllegalArgumentException("No e-mail address: " + address);
        }
    }

    /// Normalises what a person typed; empty where it is no address.
    public static Optional<Email> parse(@Nullable String typed) {
        if (typed == null || typed.length() > LONGEST + 2) {
            return Optional.empty();
        }
        var address =
                Normalizer.normalize(typed.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return address.length() <= LONGEST && FORM.matcher(address).matches()
                ? Optional.of(new Email(address))
                : Optional.empty();
    }

    String local() {
        return address.substring(0, address.indexOf('@'));
    }
}
