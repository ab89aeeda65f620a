package io.orchflow.orchestration.mcp;

/// What a tool is given.
///
/// @param description for the model
/// @param most characters of a text, items of a list (each of at most 200 characters), the largest
///     number; numbers begin at 0
public record Parameter(String name, Kind kind, String description, boolean required, int most) {

    public enum Kind {
        TEXT,
        TEXTS,
        NUMBER
    }

    public static Parameter text(String name, String description, int most) {
        return new Parameter(name, Kind.TEXT, description, true, most);
    }

    public static Parameter texts(String name, String description, int most) {
        return new Parameter(name, Kind.TEXTS, description, true, most);
    }

    public static Parameter number(String name, String description, int most) {
        return new Parameter(name, Kind.NUMBER, description, true, most);
    }

    /// The same, which may be left out.
    public Parameter optional() {
        return new Parameter(name, kind, description, false, most);
    }
}
