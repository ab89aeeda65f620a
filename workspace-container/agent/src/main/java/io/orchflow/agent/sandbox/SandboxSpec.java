package io.orchflow.agent.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One sandbox: what is visible in it and what runs.
///
/// @param name of its private folder; letters, digits, `_` and `-`
/// @param uid owner of `workspace` and user of the command, where sandboxes have users of their own
/// @param user the name of that user inside
/// @param workspace shown writable at `/workspace`, where the command starts
/// @param home shown writable at `/home/agent`; null: memory that ends with the sandbox
/// @param recipes whether recipes and profiles are shown below `/opt/orchflow`
/// @param model port inside that leads to the socket `model.sock` in the run folder; 0: none
/// @param overlay files shown read-only over the workspace, by path relative to it
/// @param environment the command's variables; null: those of the caller of the leader, for a
///     person's pane
/// @param argv the command
public record SandboxSpec(
        String name,
        Input input,
        int uid,
        String user,
        Path workspace,
        @Nullable Path home,
        boolean recipes,
        int model,
        Map<String, Path> overlay,
        @Nullable Map<String, String> environment,
        List<String> argv) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /// What the command's standard input is.
    public enum Input {
        /// The pane's terminal.
        TERMINAL,
        /// Nothing; the sandbox ends when the agent closes the pipe, so that none outlives it.
        HOLD,
        /// What the agent writes.
        DATA
    }

    public SandboxSpec {
        overlay = Map.copyOf(overlay);
        environment = environment == null ? null : Map.copyOf(environment);
        argv = List.copyOf(argv);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("sandbox name is not usable: " + name);
        }
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("command is empty");
        }
        if (argv.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("command holds a NUL character");
        }
        if (environment != null) {
            environment.forEach(SandboxSpec::requireVariable);
        }
    }

    /// Without a way to a model.
    public SandboxSpec(
            String name,
            Input input,
            int uid,
            String user,
            Path workspace,
            @Nullable Path home,
            boolean recipes,
            Map<String, Path> overlay,
            @Nullable Map<String, String> environment,
            List<String> argv) {
        this(name, input, uid, user, workspace, home, recipes, 0, overlay, environment, argv);
    }

    private static void requireVariable(String name, String value) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("environment variable name is not usable: " + name);
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("environment variable holds NUL: " + name);
        }
    }

    /// The shell script that becomes the command, read inside of the sandbox.
    String commandScript() {
        StringBuilder script = new StringBuilder();
        if (environment != null) {
            new TreeMap<>(environment)
                    .forEach(
                            (name, value) ->
                                    script.append("export ")
                                            .append(name)
                                            .append('=')
                                            .append(quote(value))
                                            .append('\n'));
        }
        script.append("exec");
        argv.forEach(word -> script.append(' ').append(quote(word)));
        return script.append('\n').toString();
    }

    /// The lines `source`, `target` for `enter.sh`.
    String overlayLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Path> file : new TreeMap<>(overlay).entrySet()) {
            String source = file.getValue().toString();
            if ((source + file.getKey()).indexOf('\n') >= 0) {
                throw new IOException("overlay path holds a line break: " + file.getKey());
            }
            lines.add(source);
            lines.add(file.getKey());
        }
        return String.join("\n", lines) + "\n";
    }

    /// One word of POSIX shell, whatever it holds.
    static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
