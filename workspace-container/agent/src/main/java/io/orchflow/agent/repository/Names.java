package io.orchflow.agent.repository;

import java.util.regex.Pattern;

/// What callers may name: nothing here can become an option, a revision expression or a way out of
/// a folder.
public final class Names {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_LABEL = 200;

    private Names() {}

    /// A full object id.
    public static String commit(String field, String value) {
        if (!COMMIT.matcher(value).matches()) {
            throw Refusal.badInput(field, value);
        }
        return value;
    }

    /// An id that also names a folder and a ref.
    public static String id(String field, String value) {
        if (!ID.matcher(value).matches()) {
            throw Refusal.badInput(field, value);
        }
        return value;
    }

    /// What a caller chose freely and is only passed on: one line.
    public static String label(String field, String value) {
        if (value.isBlank()
                || value.length() > LONGEST_LABEL
                || value.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.badInput(field, value);
        }
        return value;
    }

    /// A path below the root of a tree: relative, without `.` and `..`, not in `.git`.
    public static String path(String field, String value) {
        boolean usable =
                !value.isEmpty()
                        && value.length() <= LONGEST_PATH
                        && value.chars().noneMatch(c -> c == '\0' || c == '\n');
        if (usable) {
            for (String part : value.split("/", -1)) {
                usable &=
                        !part.isEmpty()
                                && !part.equals(".")
                                && !part.equals("..")
                                && !part.equalsIgnoreCase(".git");
            }
        }
        if (!usable) {
            throw Refusal.badInput(field, value);
        }
        return value;
    }

    /// A commit subject: one line, shortened to what is usual.
    public static String subject(String value, String fallback) {
        String line = value.replaceAll("\\p{Cntrl}+", " ").strip();
        if (line.isEmpty()) {
            return fallback;
        }
        return line.length() <= 200 ? line : line.substring(0, 200);
    }
}
