package io.orchflow.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client is told about a body that could not be read.
final class JsonProblems {

    private JsonProblems() {}

    static Problem of(JsonProcessingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem.problem();
            }
        }
        return Problems.badInput(List.of(error(e))).problem();
    }

    private static FieldError error(JsonProcessingException e) {
        return switch (e) {
            case InvalidFormatException format -> unfit(format);
            case ValueInstantiationException refused ->
                    new FieldError(path(refused), "invalid", reason(refused));
            case MismatchedInputException mismatch -> wrongType(mismatch);
            default ->
                    new FieldError(
                            "", "malformed", "The body is not well-formed JSON" + at(e) + ".");
        };
    }

    private static FieldError unfit(InvalidFormatException e) {
        var type = e.getTargetType();
        if (type != null && type.isEnum()) {
            var known = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
            return new FieldError(
                    path(e),
                    "unknown-value",
                    path(e)
                            + " is "
                            + shown(e.getValue())
                            + "; it is one of "
                            + String.join(", ", known)
                            + ".");
        }
        return new FieldError(
                path(e),
                "wrong-type",
                path(e) + " is " + shown(e.getValue()) + "; it is " + expected(type) + ".");
    }

    private static FieldError wrongType(MismatchedInputException e) {
        var path = path(e);
        if (path.isEmpty() && e.getTargetType() == null) {
            return new FieldError(
                    "", "malformed", "The body is not the JSON that this call takes.");
        }
        var subject = path.isEmpty() ? "The body" : path;
        return new FieldError(
                path,
                "wrong-type",
                subject + " has the wrong type; it is " + expected(e.getTargetType()) + ".");
    }

    private static String reason(ValueInstantiationException e) {
        return e.getCause() instanceof IllegalArgumentException told && told.getMessage() != null
                ? told.getMessage()
                : path(e) + " is not valid.";
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number in range";
        }
        if (type.isArray() || Iterable.class.isAssignableFrom(type)) {
            return "an array";
        }
        return type.isEnum() ? "one of " + Arrays.toString(type.getEnumConstants()) : "an object";
    }

    private static String path(JsonMappingException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String shown(Object value) {
        var text = String.valueOf(value);
        return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
    }

    private static String at(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
