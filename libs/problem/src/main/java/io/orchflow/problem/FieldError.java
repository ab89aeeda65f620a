package io.orchflow.problem;

/// One thing wrong with the input.
///
/// @param field path in the body or name of the parameter, such as `tasks[0].role`; empty for the
/// body as a whole
/// @param code stable and machine-readable, such as `required` or `too-long`
/// @param message one sentence for a person
public record FieldError(String field, String code, String message) {}
