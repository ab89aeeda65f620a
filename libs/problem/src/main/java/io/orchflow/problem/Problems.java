package io.orchflow.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The problems that every service has. The caller throws what it gets.
public final class Problems {

    private static final Duration AFTER_TOO_LARGE = Duration.ofMinutes(1);

    private Problems() {}

    public static ProblemException badInput(List<FieldError> errors) {
        var detail = errors.isEmpty() ? "The request is not valid." : errors.getFirst().message();
        return new ProblemException(
                new Problem("bad-input", 400, "Bad input", detail, errors, null, Map.of()));
    }

    public static ProblemException badInput(String field, String code, String message) {
        return badInput(List.of(new FieldError(field, code, message)));
    }

    public static ProblemException unauthorized(String detail) {
        return of("unauthorized", 401, "No valid credential", detail);
    }

    public static ProblemException forbidden(String detail) {
        return of("forbidden", 403, "Not allowed", detail);
    }

    /// Forbidden for a reason that clients tell apart by its own slug.
    public static ProblemException forbidden(String slug, String detail) {
        return of(slug, 403, "Not allowed", detail);
    }

    /// Unknown, or another team's: the two are not told apart.
    ///
    /// @param noun what was looked for, such as `workspace`
    public static ProblemException notFound(String noun, String id) {
        return of("not-found", 404, "Not found", "There is no " + noun + " " + id + ".");
    }

    public static ProblemException conflict(String slug, String detail) {
        return conflict(slug, detail, Map.of());
    }

    public static ProblemException conflict(
            String slug, String detail, Map<String, Object> extensions) {
        return new ProblemException(
                new Problem(slug, 409, "Conflict", detail, List.of(), null, extensions));
    }

    public static ProblemException preconditionFailed(String detail) {
        return of("precondition-failed", 412, "Changed by somebody else", detail);
    }

    public static ProblemException tooLarge(String detail) {
        return later("too-large", 413, "Too large", detail, AFTER_TOO_LARGE);
    }

    public static ProblemException tooManyRequests(String detail, Duration retryAfter) {
        return later("too-many-requests", 429, "Too many requests", detail, retryAfter);
    }

    public static ProblemException unavailable(String detail, Duration retryAfter) {
        return later("unavailable", 503, "Not available now", detail, retryAfter);
    }

    private static ProblemException of(String slug, int status, String title, String detail) {
        return new ProblemException(new Problem(slug, status, title, detail));
    }

    private static ProblemException later(
            String slug, int status, String title, String detail, Duration after) {
        var seconds = Math.max(1, after.plusMillis(999).toSeconds());
        return new ProblemException(
                new Problem(slug, status, title, detail, List.of(), seconds, Map.of()));
    }
}
