package io.orchflow.orchestration.swarm;

import io.orchflow.problem.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A person's answer to a task that waits for a review.
///
/// @param commit what the person has seen
public record ReviewBody(
        @Nullable
                @Schema(
                        required = true,
                        enumeration = {ACCEPT, RETURN})
                String decision,
        @Nullable @Schema(required = true, description = "As in the task's `review`.")
                String commit,
        @Nullable
                @Schema(
                        maxLength = ReviewBody.LONGEST,
                        description = "With `return`: what is to be done, besides `comments`.")
                String text,
        @Nullable
                @Schema(
                        maxItems = ReviewBody.MOST,
                        description = "With `return`: hunks that are not taken, and why.")
                List<@Nullable CommentBody> comments) {

    static final String ACCEPT = "accept";
    static final String RETURN = "return";
    static final int LONGEST = 4_000;
    static final int MOST = 100;
    private static final int LONGEST_PATH = 4_096;
    private static final int LONGEST_HUNK = 200;

    /// @param hunk its header in the diff, as in `@@ -1,4 +1,6 @@`
    public record CommentBody(
            @Nullable @Schema(required = true) String path,
            @Nullable String hunk,
            @Nullable @Schema(maxLength = ReviewBody.LONGEST) String text) {}

    /// Checks all of it.
    ///
    /// @return the commit
    /// @throws io.orchflow.problem.ProblemException 400
    String required() {
        var errors = new Validation();
        errors.check(
                ACCEPT.equals(decision) || RETURN.equals(decision),
                "decision",
                "unknown",
                "The decision is accept or return, not " + decision + ".");
        errors.text(commit, "commit", 64);
        errors.check(fits(text, LONGEST), "text", "too-long", tooLong("A text", LONGEST));
        var all = all();
        errors.check(all.size() <= MOST, "comments", "too-many", "At most " + MOST + " comments.");
        for (int i = 0; i < Math.min(MOST, all.size()); i++) {
            check(errors, "comments[" + i + "]", all.get(i));
        }
        errors.check(
                !RETURN.equals(decision) || !words().isEmpty(),
                "text",
                "required",
                "Say why it comes back: the agent reads nothing else.");
        errors.throwIfAny();
        return Objects.requireNonNull(commit);
    }

    private static void check(Validation errors, String field, @Nullable CommentBody comment) {
        if (comment == null) {
            errors.check(false, field, "required", "A comment is an object.");
            return;
        }
        errors.text(comment.path(), field + ".path", LONGEST_PATH);
        errors.check(
                fits(comment.hunk(), LONGEST_HUNK),
                field + ".hunk",
                "too-long",
                tooLong("A hunk's header", LONGEST_HUNK));
        errors.check(
                fits(comment.text(), LONGEST),
                field + ".text",
                "too-long",
                tooLong("A text", LONGEST));
    }

    private static boolean fits(@Nullable String text, int most) {
        return text == null || text.length() <= most;
    }

    private static String tooLong(String what, int most) {
        return what + " has at most " + most + " characters.";
    }

    private List<@Nullable CommentBody> all() {
        return Objects.requireNonNullElse(comments, List.of());
    }

    /// Why it comes back, for the agent; absent with `accept`.
    @Nullable String reason() {
        return RETURN.equals(decision) ? words() : null;
    }

    private String words() {
        var lines = new ArrayList<String>();
        if (text != null && !text.isBlank()) {
            lines.add(text.strip());
        }
        for (var comment : all()) {
            if (comment != null) {
                var hunk = comment.hunk() == null ? "" : " " + comment.hunk().strip();
                var said = comment.text() == null ? "" : comment.text().strip();
                lines.add(
                        comment.path()
                                + hunk
                                + ": "
                                + (said.isEmpty() ? "this part is not wanted" : said));
            }
        }
        return String.join("\n", lines);
    }
}
