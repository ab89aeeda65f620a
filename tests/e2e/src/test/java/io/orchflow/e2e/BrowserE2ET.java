package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The story in a real Chromium against a fresh installation; screenshots go to
/// `target/screenshots`.
class BrowserE2ET {
    private static final Path BROWSER = Orchflow.root().resolve("tests/e2e/browser");

    @TempDir private Path data = Path.of("unset");

    @Test
    void theStoryFromTheFirstSignInToTheProof() throws Exception {
        Path shots = Orchflow.root().resolve("tests/e2e/target/screenshots");
        Files.createDirectories(shots);
        installPlaywright();
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            String signIn = orchflow.url() + "/#code=" + orchflow.code();

            String said = run(List.of("node", "story.mjs", signIn, shots.toString()), 300);

            JsonNode seen = Api.JSON.readTree(said.lines().reduce((_, last) -> last).orElse(""));
            assertThat(seen.get("state").asText()).isEqualTo("COMPLETED");
            assertThat(seen.get("liveAtOnce").asInt()).isGreaterThan(1);
            assertThat(seen.get("panes").asInt()).isGreaterThan(2);
            assertThat(seen.get("evidence").asInt()).isPositive();
            assertThat(seen.get("leastOutput").asInt()).as("bytes in a pane").isGreaterThan(500);
            assertThat(seen.get("afterReload").asInt()).isEqualTo(seen.get("panes").asInt());
            assertThat(seen.get("complaints")).isEmpty();
        }
    }

    private static void installPlaywright() throws Exception {
        if (!Files.isDirectory(BROWSER.resolve("node_modules"))) {
            run(List.of("npm", "ci", "--no-audit", "--no-fund"), 180);
        }
    }

    /// Its standard output; fails with all it said.
    private static String run(List<String> command, int seconds)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("browser", ".log");
        Process process =
                new ProcessBuilder(command)
                        .directory(BROWSER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as("took longer than %d s\n%s", seconds, said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
