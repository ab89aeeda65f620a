package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.embedded.ChildSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With real processes.
class SupervisorTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path data;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Supervisor supervisor = new Supervisor(new Layout(data(), data()), console());

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(data.resolve("run"));
        supervisor = new Supervisor(new Layout(data, data), console());
    }

    @AfterEach
    void stop() {
        supervisor.beginStop();
        supervisor.stop("part");
    }

    @Test
    void aKilledPartIsStartedAgainWithALineThatSaysWhy() throws IOException {
        supervisor.start(part("echo started >> starts; exec sleep 60", () -> true));
        await(() -> lines("starts") == 1);
        supervisor.awaitReady("part", Duration.ofSeconds(5));
        long first = pid();
        ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
        await(() -> lines("starts") == 2);
        await(() -> printed().contains("ready again"));
        assertTrue(printed().contains("ended by SIGKILL; starting again in 0.5 s"), printed());
        assertTrue(pid() != first);
    }

    @Test
    void aPartThatNeverGetsReadyIsGivenUpWithTheEndOfItsLog() {
        supervisor.start(part("echo the reason; exit 3", () -> false));
        var refusal =
                assertThrows(
                        Refusal.class, () -> supervisor.awaitReady("part", Duration.ofSeconds(30)));
        var message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith("part ended 4 times"), message);
        assertTrue(message.contains("the reason"), message);
        assertTrue(printed().contains("ended with exit code 3"), printed());
    }

    @Test
    void aStoppedPartStaysDown() throws IOException {
        supervisor.start(
                part(
                        "trap 'exit 0' TERM; echo started >> starts; while :; do sleep 0.05; done",
                        () -> true));
        await(() -> lines("starts") == 1);
        long pid = pid();
        supervisor.beginStop();
        supervisor.stop("part");
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
        assertEquals(1, lines("starts"));
        assertEquals("", printed());
    }

    @Test
    void nothingIsStartedOnceEverythingStops() {
        supervisor.beginStop();
        var refusal =
                assertThrows(
                        Refusal.class,
                        () -> supervisor.start(part("echo started >> starts", () -> true)));
        assertEquals("stopped before part was started", refusal.getMessage());
        supervisor.stop("part");
        assertEquals(0, lines("starts"));
    }

    private Part part(String script, BooleanSupplier answers) {
        var spec =
                new ChildSpec(
                        "part",
                        List.of(),
                        List.of("sh", "-c", script),
                        Map.of("PATH", "/usr/bin:/bin"),
                        data,
                        data.resolve("logs/part.log"),
                        ChildSpec.Stop.TERM,
                        Duration.ofSeconds(5));
        return new Part("part", () -> spec, answers);
    }

    private long pid() throws IOException {
        String[] words = Files.readString(data.resolve("run/part.pid")).strip().split(" ", -1);
        assertEquals(2, words.length);
        return Long.parseLong(words[0]);
    }

    private int lines(String file) {
        try {
            return Files.readAllLines(data.resolve(file)).size();
        } catch (IOException e) {
            return 0;
        }
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private Console console() {
        return new Console(new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    private static Path data() {
        return Path.of("unused");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited 5 s");
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
