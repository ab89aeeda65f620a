package io.orchflow.orchestration.planner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Agent command lines that are installed on this machine.
final class AgentPrograms {

    private static final List<String> KNOWN =
            List.of("codex", "claude", "opencode", "aider", "gemini", "goose");

    private final List<Path> folders;

    AgentPrograms() {
        this(Objects.requireNonNullElse(System.getenv("PATH"), ""));
    }

    /// @param path folders as in the variable PATH
    AgentPrograms(String path) {
        this.folders =
                Arrays.stream(path.split(":"))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of)
                        .toList();
    }

    /// The programs found, each where PATH finds it first.
    List<Path> found() {
        return KNOWN.stream().flatMap(this::where).toList();
    }

    boolean has(String program) {
        return where(program).findAny().isPresent();
    }

    private Stream<Path> where(String program) {
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .limit(1);
    }
}
