package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.SandboxSpec;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.Subprocess.Finished;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Git in a folder that commands of others have written to: whatever its settings, hooks and
/// filters start, starts in a sandbox that shows nothing but this folder. What comes out is data to
/// be checked.
final class GuestGit {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int ID_LINE = 41;

    private final Sandboxes sandboxes;

    GuestGit(Sandboxes sandboxes) {
        this.sandboxes = sandboxes;
    }

    /// Runs a shell script at the root of the folder.
    Finished run(
            Path folder,
            int uid,
            String script,
            Map<String, String> variables,
            Subprocess.@Nullable Input input,
            @Nullable Path output)
            throws IOException {
        SandboxSpec spec =
                new SandboxSpec(
                        "git-" + UUID.randomUUID(),
                        SandboxSpec.Input.DATA,
                        uid,
                        "agent",
                        folder,
                        null,
                        false,
                        Map.of(),
                        environment(folder, variables),
                        List.of("/bin/sh", "-c", script));
        return sandboxes.run(spec, input, output, LIMIT);
    }

    private Map<String, String> environment(Path folder, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(Git.environment());
        environment.remove("PATH");
        environment.put("HOME", "/home/agent");
        environment.put(
                "GIT_CEILING_DIRECTORIES",
                sandboxes.mode().isolated()
                        ? "/"
                        : folder.resolve("..").toAbsolutePath().normalize().toString());
        environment.put("GIT_EDITOR", "true");
        int count = 0;
        for (String setting : Git.SETTINGS) {
            int equals = setting.indexOf('=');
            environment.put("GIT_CONFIG_KEY_" + count, setting.substring(0, equals));
            environment.put("GIT_CONFIG_VALUE_" + count, setting.substring(equals + 1));
            count++;
        }
        environment.put("GIT_CONFIG_COUNT", Integer.toString(count));
        environment.putAll(variables);
        return environment;
    }

    /// What a script wrote that puts out a commit id, a line break and a pack.
    record Carried(String commit, Path file) {

        static Carried read(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                String line =
                        new String(in.readNBytes(ID_LINE), StandardCharsets.ISO_8859_1).strip();
                if (!line.matches("[0-9a-f]{40}")) {
                    throw Refusal.wrongState("the clone's git gave no commit");
                }
                return new Carried(line, file);
            }
        }

        Subprocess.Input pack() {
            return out -> {
                try (InputStream in = Files.newInputStream(file)) {
                    in.skipNBytes(ID_LINE);
                    in.transferTo(out);
                }
            };
        }
    }
}
