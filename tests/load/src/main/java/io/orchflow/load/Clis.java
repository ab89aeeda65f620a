package io.orchflow.load;

import io.orchflow.e2e.Orchflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Agents' programs that tests have installed (`tests/e2e/agents`).
final class Clis {
    private static final List<String> KNOWN = List.of("codex", "opencode");

    private Clis() {}

    private static Path folder() {
        return Orchflow.root().resolve("tests/e2e/agents/node_modules/.bin");
    }

    static List<String> installed() {
        return KNOWN.stream().filter(name -> Files.exists(folder().resolve(name))).toList();
    }

    /// A `PATH` that finds them.
    ///
    /// @throws IOException they cannot be installed here; the message says what npm said
    static Map<String, String> environment() throws IOException, InterruptedException {
        NpmFolder.installed(Orchflow.root().resolve("tests/e2e/agents"));
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin");
        return Map.of("PATH", folder() + ":" + path);
    }
}
