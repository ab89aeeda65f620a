package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The app in a real Chromium against a fresh installation; the tests are those of `browser/tests`,
/// screenshots go to `target/screenshots`.
class BrowserE2ET {
    private static final Path BROWSER = Orchflow.root().resolve("tests/e2e/browser");

    @TempDir private Path data = Path.of("unset");

    @Test
    void everyScreenAsAPersonUsesIt() throws Exception {
        installPlaywright();
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            var environment =
                    Map.of(
                            "ORCHFLOW_URL", orchflow.url().toString(),
                            "ORCHFLOW_CODE", orchflow.code(),
                            "ORCHFLOW_PID", Long.toString(orchflow.pid()));

            // A file's name, where not all of them are wanted.
            var files =
                    Stream.ofNullable(System.getProperty("orchflow.browser"))
                            .flatMap(file -> Stream.of("--", file));
            String said =
                    run(Stream.concat(Stream.of("npm", "test"), files).toList(), environment, 900);

            System.out.println(said);
            assertThat(said).containsPattern("\\d+ passed").doesNotContain(" skipped");
        }
    }

    private static void installPlaywright() throws Exception {
        if (!Files.isDirectory(BROWSER.resolve("node_modules"))) {
            run(List.of("npm", "ci", "--no-audit", "--no-fund"), Map.of(), 180);
        }
    }

    /// Its standard output; fails with all it said.
    private static String run(List<String> command, Map<String, String> environment, int seconds)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("browser", ".log");
        var builder =
                new ProcessBuilder(command)
                        .directory(BROWSER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as("took longer than %d s\n%s", seconds, said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
