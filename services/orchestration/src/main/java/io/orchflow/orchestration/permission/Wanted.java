package io.orchflow.orchestration.permission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an agent wants to do.
///
/// @param title in words, as the agent's program puts it; proves nothing
/// @param argv of a command; empty where it is none
/// @param cwd where; absent: not said
/// @param detail such as what would be written; absent: nothing
public record Wanted(
        Kind kind, String title, List<String> argv, @Nullable String cwd, @Nullable String detail) {
    private static final int LONGEST_QUESTION = 200;
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_ARGUMENT = 16_384;
    private static final int LONGEST_DETAIL = 65_536;

    /// What is done.
    public enum Kind {
        COMMAND,
        EDIT,
        OTHER;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// @throws IllegalArgumentException it is longer than people could be shown
    public Wanted {
        argv = List.copyOf(argv);
        title = title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE) + "…";
        if (argv.stream().mapToInt(String::length).sum() > LONGEST_ARGUMENT
                || (detail != null && detail.length() > LONGEST_DETAIL)) {
            throw new IllegalArgumentException(
                    "too long to be shown to a person: do it in smaller steps");
        }
    }

    /// In one line for people.
    String question() {
        var line = ("May I? " + title).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_QUESTION
                ? line
                : line.substring(0, LONGEST_QUESTION - 1) + "…";
    }

    /// SHA-256, in hexadecimal, of all that a person answers: every part with its length before it,
    /// so that no two wishes are the same text.
    public String digest() {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            part(sha256, kind.word());
            part(sha256, title);
            argv.forEach(argument -> part(sha256, argument));
            part(sha256, "cwd " + Objects.requireNonNullElse(cwd, ""));
            part(sha256, "detail " + Objects.requireNonNullElse(detail, ""));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void part(MessageDigest sha256, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha256.update(bytes);
    }
}
