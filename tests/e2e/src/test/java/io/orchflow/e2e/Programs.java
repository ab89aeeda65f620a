package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Real agent programs for tests, from the versions that `agents/package.json` names.
final class Programs {
    private static final Path FOLDER = Orchflow.root().resolve("tests/e2e/agents");

    private Programs() {}

    /// Installs them where that has not happened yet.
    ///
    /// @return an environment whose `PATH` finds them
    static Map<String, String> installed() throws Exception {
        var modules = FOLDER.resolve("node_modules");
        if (!Files.exists(modules.resolve(".package-lock.json"))) {
            var log = Files.createTempFile("agents", ".log");
            // Not `npm ci`: it wants the packages of every platform in the lock file, and not every
            // registry has them.
            var npm =
                    new ProcessBuilder("npm", "install", "--no-save", "--no-audit", "--no-fund")
                            .directory(FOLDER.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            assertThat(npm.waitFor(300, TimeUnit.SECONDS))
                    .as("npm install took 5 minutes")
                    .isTrue();
            assertThat(npm.exitValue()).as(Files.readString(log, StandardCharsets.UTF_8)).isZero();
        }
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin");
        return Map.of("PATH", modules.resolve(".bin") + ":" + path);
    }
}
