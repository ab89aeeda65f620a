package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.Subprocess.Finished;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Our own git on the bare repository: no settings but ours, no hooks, no filters, no network. It
/// is never run in a folder that a command of others can write to; for those there is [GuestGit].
final class Git {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /// Settings that hold for every call, whatever the repository's own file says.
    static final List<String> SETTINGS =
            List.of(
                    "core.hooksPath=/dev/null",
                    "core.fsmonitor=false",
                    "core.attributesFile=/dev/null",
                    "core.excludesFile=/dev/null",
                    "protocol.allow=never",
                    "submodule.recurse=false",
                    "gc.auto=0",
                    "maintenance.auto=false",
                    "commit.gpgSign=false",
                    "diff.external=",
                    "core.pager=cat",
                    "advice.detachedHead=false",
                    "init.defaultBranch=main");

    private final Path repository;

    Git(Path repository) {
        this.repository = repository.toAbsolutePath().normalize();
    }

    Path repository() {
        return repository;
    }

    static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "PATH", System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
        environment.put("HOME", "/nonexistent");
        environment.put("LANG", "C.UTF-8");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_ATTR_NOSYSTEM", "1");
        // Objects are what they are, whatever a clone's replace refs and grafts say.
        environment.put("GIT_NO_REPLACE_OBJECTS", "1");
        environment.put("GIT_GRAFT_FILE", "/nonexistent/grafts");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        environment.put("GIT_AUTHOR_NAME", "orchflow");
        environment.put("GIT_AUTHOR_EMAIL", "orchflow@localhost");
        environment.put("GIT_COMMITTER_NAME", "orchflow");
        environment.put("GIT_COMMITTER_EMAIL", "orchflow@localhost");
        return environment;
    }

    List<String> argv(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("git", "--git-dir=" + repository));
        SETTINGS.forEach(setting -> argv.addAll(List.of("-c", setting)));
        argv.addAll(List.of("-c", "safe.directory=" + repository));
        argv.addAll(List.of(arguments));
        return argv;
    }

    ProcessBuilder builder(String... arguments) {
        return Subprocess.builder(argv(arguments), environment(), Path.of("/"));
    }

    /// Runs git to its end, whatever its exit code.
    Finished tryRun(Subprocess.@Nullable Input input, String... arguments) throws IOException {
        return Subprocess.run(builder(arguments), input, LIMIT);
    }

    /// Runs git and returns its output.
    ///
    /// @throws IOException when it fails
    Finished run(String... arguments) throws IOException {
        return require(tryRun(null, arguments), arguments[0]);
    }

    static Finished require(Finished finished, String command) throws IOException {
        if (finished.exitCode() != 0) {
            throw new IOException("git " + command + ": " + finished.lastError());
        }
        return finished;
    }

    /// The first line of its output.
    String line(String... arguments) throws IOException {
        return run(arguments).text().lines().findFirst().orElse("");
    }

    /// Output of a `-z` command, in its order.
    List<String> records(String... arguments) throws IOException {
        return split(run(arguments).output());
    }

    static List<String> split(byte[] output) {
        String text = new String(output, StandardCharsets.UTF_8);
        return text.isEmpty() ? List.of() : List.of(text.split("\0"));
    }
}
