package io.orchflow.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client is told about an error, as RFC 9457 has it.
///
/// @param slug last part of the type `urn:orchflow:problem:<slug>`; stable, lower case with hyphens
/// @param status HTTP status, 400 to 599
/// @param detail names the thing and the value; shown to people
/// @param retryAfterSeconds at least 1 where a retry makes sense, else absent
/// @param extensions further members of the body; may not replace a standard one
public record Problem(
        String slug,
        int status,
        String title,
        String detail,
        List<FieldError> errors,
        @Nullable Long retryAfterSeconds,
        Map<String, Object> extensions) {

    public static final String MEDIA_TYPE = "application/problem+json";
    public static final String TYPE_PREFIX = "urn:orchflow:problem:";

    private static final ObjectMapper JSON = new ObjectMapper();

    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException(
                    "A problem has a status of 400 to 599, not " + status);
        }
        errors = List.copyOf(errors);
        extensions = Map.copyOf(extensions);
    }

    public Problem(String slug, int status, String title, String detail) {
        this(slug, status, title, detail, List.of(), null, Map.of());
    }

    public String type() {
        return TYPE_PREFIX + slug;
    }

    public Problem with(String extension, Object value) {
        var more = new LinkedHashMap<>(extensions);
        more.put(extension, value);
        return new Problem(slug, status, title, detail, errors, retryAfterSeconds, more);
    }

    /// The members of the body, in the order in which they are written.
    public Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", type());
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        if (!errors.isEmpty()) {
            body.put("errors", errors.stream().map(Problem::member).toList());
        }
        extensions.forEach(body::putIfAbsent);
        return body;
    }

    /// The body in UTF-8; its media type is [#MEDIA_TYPE].
    public byte[] json() {
        try {
            return JSON.writeValueAsBytes(body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "Problem " + slug + " has an extension that is not JSON", e);
        }
    }

    private static Map<String, Object> member(FieldError error) {
        var member = new LinkedHashMap<String, Object>();
        member.put("field", error.field());
        member.put("code", error.code());
        member.put("message", error.message());
        return member;
    }
}
