package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRunTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path data;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void whatAKilledLauncherLeftIsEnded() throws Exception {
        Process left = new ProcessBuilder("sleep", "60").start();
        try {
            note("kafka", left.pid(), Proc.startTicks(left.pid()).orElseThrow());
            endEarlierRun();
            assertTrue(left.waitFor(1, TimeUnit.SECONDS));
            assertTrue(printed().contains("waiting for kafka"), printed());
            assertTrue(printed().contains("has ended"), printed());
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void aLaterProcessWithTheSamePidIsNotTouched() throws IOException {
        Process later = new ProcessBuilder("sleep", "60").start();
        try {
            note("kafka", later.pid(), Proc.startTicks(later.pid()).orElseThrow() - 1);
            Files.writeString(data.resolve("run/redis.pid"), "no number");
            endEarlierRun();
            assertTrue(later.isAlive());
            assertEquals("", printed());
        } finally {
            later.destroyForcibly();
        }
    }

    private void note(String part, long pid, long startTicks) throws IOException {
        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run/" + part + ".pid"), pid + " " + startTicks + "\n");
    }

    private void endEarlierRun() {
        EarlierRun.end(
                new Layout(Path.of("/checkout"), data),
                new Console(new PrintStream(output, true, StandardCharsets.UTF_8)));
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
