package io.orchflow.orchestration.mcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What a tool was given.
///
/// @param values by the parameter's name: String, Integer, or List of String
public record Arguments(Map<String, Object> values) {
    static final int LONGEST_ITEM = 200;

    public Arguments {
        values = Map.copyOf(values);
    }

    /// Holds what was sent to what the tool takes.
    ///
    /// @throws ToolRefused with the parameter and what it has to be
    static Arguments of(List<Parameter> parameters, Map<String, Object> sent) throws ToolRefused {
        for (var name : sent.keySet()) {
            if (parameters.stream().noneMatch(one -> one.name().equals(name))) {
                throw new ToolRefused(
                        "There is no argument "
                                + name
                                + "; there are: "
                                + parameters.stream().map(Parameter::name).toList()
                                + ".");
            }
        }
        for (var parameter : parameters) {
            var value = sent.get(parameter.name());
            if (value == null && parameter.required()) {
                throw new ToolRefused("The argument " + parameter.name() + " is missing.");
            }
            if (value != null && !fits(parameter, value)) {
                throw new ToolRefused(
                        "The argument " + parameter.name() + " has to be " + shape(parameter));
            }
        }
        return new Arguments(sent);
    }

    private static boolean fits(Parameter parameter, Object value) {
        return switch (parameter.kind()) {
            case TEXT ->
                    value instanceof String text
                            && !text.isBlank()
                            && text.length() <= parameter.most();
            case NUMBER ->
                    value instanceof Integer number && number >= 0 && number <= parameter.most();
            case TEXTS ->
                    value instanceof List<?> items
                            && items.size() <= parameter.most()
                            && items.stream().allMatch(Arguments::item);
        };
    }

    private static boolean item(Object one) {
        return one instanceof String text && !text.isBlank() && text.length() <= LONGEST_ITEM;
    }

    private static String shape(Parameter parameter) {
        return switch (parameter.kind()) {
            case TEXT -> "a text of 1 to " + parameter.most() + " characters.";
            case NUMBER -> "a whole number from 0 to " + parameter.most() + ".";
            case TEXTS ->
                    "a list of at most "
                            + parameter.most()
                            + " texts of 1 to "
                            + LONGEST_ITEM
                            + " characters.";
        };
    }

    /// A text that is required.
    public String text(String name) {
        return (String) values.getOrDefault(name, "");
    }

    public Optional<String> textIfAny(String name) {
        return Optional.ofNullable((String) values.get(name));
    }

    public OptionalInt number(String name) {
        return values.get(name) instanceof Integer number
                ? OptionalInt.of(number)
                : OptionalInt.empty();
    }

    /// Empty where it was left out.
    public List<String> texts(String name) {
        return values.get(name) instanceof List<?> items
                ? items.stream().map(String.class::cast).toList()
                : List.of();
    }
}
