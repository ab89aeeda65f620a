package io.orchflow.agent.tmux;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What one tmux command printed: raw lines without their ends.
public record Reply(List<byte[]> lines) {

    /// The lines as text.
    public List<String> text() {
        return lines.stream().map(line -> new String(line, StandardCharsets.UTF_8)).toList();
    }

    /// The first line; empty when nothing was printed.
    public String first() {
        return lines.isEmpty() ? "" : new String(lines.getFirst(), StandardCharsets.UTF_8);
    }
}
