package io.orchflow.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// What an agent sent, whichever wire it speaks.
///
/// @param model as it was asked for
/// @param stream whether events are wanted
/// @param entries oldest first, instructions and system text too
/// @param tools what may be called
public record Conversation(String model, boolean stream, List<Entry> entries, List<Tool> tools) {
    public Conversation {
        entries = List.copyOf(entries);
        tools = List.copyOf(tools);
    }

    /// Who an entry comes from.
    public enum Role {
        SYSTEM,
        USER,
        /// What the model said, or the arguments of a call that it made.
        MODEL,
        /// What a call gave back.
        TOOL
    }

    /// @param text words, arguments or output
    public record Entry(Role role, String text) {}

    /// @param schema JSON Schema of its arguments; a missing node where it takes any text
    public record Tool(String name, JsonNode schema) {}

    /// How often the model has answered already: the same for a request that is sent again.
    public int turn() {
        int turns = 0;
        Role before = Role.SYSTEM;
        for (Entry entry : entries) {
            if (entry.role() == Role.MODEL && before != Role.MODEL) {
                turns++;
            }
            before = entry.role();
        }
        return turns;
    }

    /// Whether anything that the person or the agent program wrote contains the text.
    public boolean asks(String text) {
        return entries.stream()
                .anyMatch(entry -> entry.role() == Role.USER && entry.text().contains(text));
    }

    public Optional<Tool> tool(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /// A token for every four characters, at least one.
    public long inputTokens() {
        return tokens(entries.stream().mapToLong(entry -> entry.text().length()).sum());
    }

    static long tokens(long characters) {
        return Math.max(1, characters / 4);
    }
}
