package io.orchflow.agent.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.agent.pane.OutputFollower;
import io.orchflow.agent.pane.Pane;
import io.orchflow.agent.pane.PaneExit;
import io.orchflow.agent.pane.Size;
import io.orchflow.agent.repository.Refusal;
import io.orchflow.agent.sandbox.TestPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Further panes of attempts, in a real tmux.
class TerminalsTest {

    private final AttemptsPlace place = new AttemptsPlace();
    private final Attempts attempts = place.attempts();

    TerminalsTest() throws IOException {}

    @AfterEach
    void clean() throws IOException {
        place.close();
    }

    private static TerminalOrder order(String requestId, String script, String directory) {
        return new TerminalOrder(
                requestId,
                "a terminal",
                List.of("/bin/bash", "-c", script),
                directory,
                Map.of("GIVEN", "it's given", "AGENT_ID", "forged"),
                new Size(80, 24));
    }

    private Pane open(String script) throws Exception {
        return attempts.terminal("a1", 1, order("t" + script.hashCode(), script, ""));
    }

    private static int exitCode(Pane pane) throws Exception {
        return Objects.requireNonNull(pane.exited().get(10, TimeUnit.SECONDS).exitCode());
    }

    private void launch(String script) throws Exception {
        attempts.launch(AttemptsPlace.launch("a1", script), 1);
    }

    /// Everything that a pane has put out.
    private static final class Heard implements OutputFollower {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ended;

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public synchronized void output(byte[] more) {
            bytes.writeBytes(more);
        }

        @Override
        public void gap() {
            throw new IllegalStateException("output was lost");
        }

        @Override
        public synchronized void exited(PaneExit exit) {
            ended = true;
        }

        synchronized boolean ended() {
            return ended;
        }

        synchronized String text() {
            return bytes.toString(UTF_8);
        }
    }

    @Test
    void aTerminalRunsInTheSandboxOfItsAttempt() throws Exception {
        launch("echo mine > /tmp/shared; mkdir -p sub; sleep 100");
        Pane pane =
                attempts.terminal(
                        "a1",
                        1,
                        order(
                                "t1",
                                "until [ -s /tmp/shared ]; do sleep 0.05; done; sleep 0.2; cat /tmp/shared; pwd; echo $GIVEN $AGENT_ID; id -u; git rev-parse --show-toplevel; test -t 1 && exit 7",
                                "."));
        var heard = new Heard();

        try (var _ = pane.follow(heard)) {
            assertEquals(7, exitCode(pane));
            assertTrue(TestPlace.eventually(heard::ended));
        }

        List<String> lines = heard.text().lines().toList();
        assertEquals("mine", lines.get(0), heard.text());
        assertEquals("it's given a1", lines.get(2));
        assertEquals(lines.get(1), lines.get(4), "it starts in the clone");
        assertEquals("a1", pane.agentId());
        assertTrue(attempts.get("a1").alive(), "the end of a terminal is not that of its attempt");
        attempts.kill("a1", 1);
    }

    @Test
    void aSecondOrderFindsTheTerminal() throws Exception {
        launch("sleep 100");
        Pane first = attempts.terminal("a1", 1, order("same", "sleep 100", ""));

        Pane second = attempts.terminal("a1", 1, order("same", "sleep 100", ""));

        assertEquals(first.paneId(), second.paneId());
        attempts.kill("a1", 1);
    }

    @Test
    void itIsFrozenAndKilledWithItsAttempt() throws Exception {
        launch("sleep 100");
        Pane pane =
                open(
                        "setsid sleep 17341 & n=0; while :; do n=$((n+1)); echo $n; echo $n >> ticks; sleep 0.02; done");
        assertTrue(TestPlace.eventually(() -> place.text("a1", "ticks").lines().count() > 3));

        attempts.freeze("a1", 1);
        String ticks = place.text("a1", "ticks");
        Thread.sleep(1500);

        assertEquals(ticks, place.text("a1", "ticks"));
        assertTrue(attempts.living("a1").orElseThrow().frozen());
        assertThrows(Refusal.class, () -> open("echo no"));
        attempts.thaw("a1", 1);
        assertTrue(TestPlace.eventually(() -> place.text("a1", "ticks").length() > ticks.length()));
        List<String> numbers = place.text("a1", "ticks").lines().toList();
        for (int i = 0; i < numbers.size() - 1; i++) {
            assertEquals(Integer.toString(i + 1), numbers.get(i));
        }

        attempts.kill("a1", 1);

        assertEquals(0, TestPlace.running("sleep 17341"));
        assertTrue(pane.exited().get(5, TimeUnit.SECONDS).exitCode() != null);
    }

    @Test
    void aTerminalIsEndedAlone() throws Exception {
        launch("sleep 100");
        Pane pane = open("setsid sleep 17342 & echo up > up; sleep 100; true");
        assertTrue(TestPlace.eventually(() -> !place.text("a1", "up").isEmpty()));

        attempts.endTerminal("a1", 1, pane.paneId());

        assertEquals(137, exitCode(pane));
        assertTrue(attempts.get("a1").alive());
        assertThrows(
                Refusal.class,
                () -> attempts.endTerminal("a1", 1, attempts.get("a1").paneId()),
                "the attempt's own pane is no terminal");
        attempts.kill("a1", 1);
        assertEquals(0, TestPlace.running("sleep 17342"));
    }

    @Test
    void thePersonsKeyReachesWhatRunsInIt() throws Exception {
        launch("sleep 100");
        Pane pane = open("read -r line; echo \"got $line\"; exit 4");
        Thread.sleep(300);

        pane.input("hello\r".getBytes(UTF_8));

        assertEquals(4, exitCode(pane));
        attempts.kill("a1", 1);
    }

    @Test
    void onlyTheLastEndedOnesStay() throws Exception {
        launch("sleep 100");
        for (int i = 0; i < 12; i++) {
            exitCode(attempts.terminal("a1", 1, order("t" + i, "echo " + i, "")));
        }

        assertEquals(1 + 8, place.panes().registry().all().size());
        attempts.kill("a1", 1);
    }

    @Test
    void filesAreReadAndWrittenWhereTheAttemptSeesThem() throws Exception {
        launch("ln -s /etc/hostname out; ln -s /etc/shadow secret; touch ready; sleep 100");
        assertTrue(
                TestPlace.eventually(
                        () -> java.nio.file.Files.exists(place.clone("a1").resolve("ready"))));

        attempts.write("a1", 1, "new/folder/file.txt", "Grüße\n".getBytes(UTF_8));

        assertEquals("Grüße", place.text("a1", "new/folder/file.txt").strip());
        assertArrayEquals("Grüße\n".getBytes(UTF_8), attempts.read("a1", "new/folder/file.txt"));
        if (attempts.get("a1").assurance().equals("sandboxed")) {
            assertEquals("orchflow\n", new String(attempts.read("a1", "out"), UTF_8));
            assertThrows(Refusal.class, () -> attempts.read("a1", "secret"));
        }
        Refusal missing = assertThrows(Refusal.class, () -> attempts.read("a1", "missing"));
        assertTrue(String.valueOf(missing.getMessage()).contains("missing"), missing::getMessage);
        assertThrows(Refusal.class, () -> attempts.write("a1", 1, "/etc/passwd", new byte[0]));
        attempts.kill("a1", 1);
        assertThrows(Refusal.class, () -> attempts.read("a1", "out"));
        assertFalse(attempts.get("a1").alive());
    }
}
