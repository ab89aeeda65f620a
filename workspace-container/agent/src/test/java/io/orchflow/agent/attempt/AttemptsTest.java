package io.orchflow.agent.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.orchflow.agent.pane.LivePanes;
import io.orchflow.agent.repository.Refusal;
import io.orchflow.agent.sandbox.SandboxProcesses;
import io.orchflow.agent.sandbox.TestPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Attempts in panes of a real tmux.
class AttemptsTest {

    private final AttemptsPlace place = new AttemptsPlace();
    private final LivePanes panes = place.panes();
    private Attempts attempts = place.attempts();

    AttemptsTest() throws IOException {}

    @AfterEach
    void clean() throws IOException {
        place.close();
    }

    private void restart() throws IOException {
        place.restart();
        attempts = place.attempts();
    }

    private Attempt awaitExit(String agentId) throws InterruptedException {
        assertTrue(
                TestPlace.eventually(() -> !attempts.get(agentId).alive()),
                () -> panes.screen(attempts.get(agentId).paneId()));
        return attempts.get(agentId);
    }

    @Test
    void commandRunsInItsPaneAndIsCollected() throws Exception {
        Attempt launched =
                attempts.launch(
                        AttemptsPlace.launch(
                                "a1",
                                "echo $GIVEN $AGENT_ID $ORCHFLOW_AGENT_ROLE $TMUX > out; cat $ORCHFLOW_INPUT >> out; git config user.email >> out; echo one > one; git add one; git commit -qm one; test -t 0 && exit 6"),
                        1);

        assertEquals(Attempt.Phase.RUNNING, launched.phase());
        Attempt exited = awaitExit("a1");
        assertEquals(6, exited.exitCode());
        assertEquals("it's given a1 developer\n{\"a\":1}", place.text("a1", "out"));

        Attempt collected = attempts.collect("a1", 1, "Take up");

        assertEquals(
                List.of("one", "out"),
                Objects.requireNonNull(collected.collected()).changedPaths());
        assertNotEquals(collected.baseCommit(), collected.collected().commit());
        attempts.discard("a1", 1);
        assertFalse(Files.exists(place.clone("a1")));
        assertEquals(collected.collected(), attempts.collect("a1", 1, "Again").collected());
    }

    @Test
    void launchTwiceIsOneProcess() throws Exception {
        AttemptLaunch launch = AttemptsPlace.launch("a1", "sleep 17320");
        Attempt first = attempts.launch(launch, 1);

        Attempt second = attempts.launch(launch, 1);
        restart();
        Attempt third = attempts.launch(launch, 2);

        assertEquals(first, second);
        assertEquals(first, third);
        assertEquals(1, panes.registry().all().size());
        attempts.kill("a1", 2);
        assertEquals(0, TestPlace.running("sleep 17320"));
    }

    @Test
    void lowerEpochIsRefusedForGood() throws Exception {
        attempts.launch(AttemptsPlace.launch("a1", "sleep 100"), 5);

        Refusal refused = assertThrows(Refusal.class, () -> attempts.kill("a1", 4));
        restart();

        assertEquals(Refusal.Reason.STALE_LEASE, refused.reason());
        assertThrows(Refusal.class, () -> attempts.launch(AttemptsPlace.launch("a2", "true"), 4));
        assertTrue(attempts.get("a1").alive());
        attempts.kill("a1", 5);
    }

    @Test
    void frozenMovesNothingAndGoesOnWhereItWas() throws Exception {
        attempts.launch(
                AttemptsPlace.launch(
                        "a1",
                        "(while :; do :; done) & setsid bash -c 'while :; do :; done' & n=0; while :; do n=$((n+1)); echo $n; echo $n >> ticks; sleep 0.02; done"),
                1);
        assertTrue(TestPlace.eventually(() -> place.text("a1", "ticks").lines().count() > 3));

        Attempt frozen = attempts.freeze("a1", 1);
        SandboxProcesses processes = attempts.living("a1").orElseThrow();
        long cpu = processes.cpuTicks();
        String ticks = place.text("a1", "ticks");
        String screen = panes.screen(frozen.paneId());
        Thread.sleep(5000);

        assertEquals(Attempt.Phase.FROZEN, frozen.phase());
        assertEquals(cpu, processes.cpuTicks());
        assertEquals(ticks, place.text("a1", "ticks"));
        assertEquals(screen, panes.screen(frozen.paneId()));
        assertTrue(processes.alive());

        assertEquals(Attempt.Phase.RUNNING, attempts.thaw("a1", 1).phase());

        assertTrue(TestPlace.eventually(() -> place.text("a1", "ticks").length() > ticks.length()));
        List<String> numbers = place.text("a1", "ticks").lines().toList();
        for (int i = 0; i < numbers.size(); i++) {
            assertEquals(Integer.toString(i + 1), numbers.get(i));
        }
        Attempt killed = attempts.kill("a1", 1);
        assertEquals(137, killed.exitCode());
        assertEquals(List.of(), processes.pids());
    }

    @Test
    void frozenInteractiveShellKeepsItsForegroundJob() throws Exception {
        attempts.launch(AttemptsPlace.launch("a1", "exec bash --norc -i"), 1);
        var pane = panes.registry().find(attempts.get("a1").paneId()).orElseThrow();
        assertTrue(TestPlace.eventually(() -> panes.screen(pane.paneId()).contains("bash-")));
        pane.input("bash -c 'while :; do echo x >> ticks; sleep 0.02; done'\n".getBytes(UTF_8));
        assertTrue(TestPlace.eventually(() -> place.text("a1", "ticks").length() > 10));

        attempts.freeze("a1", 1);
        attempts.thaw("a1", 1);
        int length = place.text("a1", "ticks").length();

        assertTrue(TestPlace.eventually(() -> place.text("a1", "ticks").length() > length + 4));
        assertFalse(panes.screen(attempts.get("a1").paneId()).contains("Stopped"));
        attempts.interrupt("a1", 1);
        assertTrue(TestPlace.eventually(() -> TestPlace.running("echo x >> ticks") == 0));
        assertTrue(attempts.get("a1").alive());
        attempts.kill("a1", 1);
    }

    @Test
    void killLeavesNothing() throws Exception {
        attempts.launch(
                AttemptsPlace.launch(
                        "a1",
                        "setsid sleep 22360 & (setsid bash -c '(sleep 22360 &)' &); trap '' TERM INT HUP; sleep 22360; sleep 22360"),
                1);
        assertTrue(TestPlace.eventually(() -> TestPlace.running("sleep 22360") >= 3));

        Attempt killed = attempts.kill("a1", 1);

        assertEquals(Attempt.Phase.EXITED, killed.phase());
        assertEquals(137, killed.exitCode());
        assertEquals(0, TestPlace.running("sleep 22360"));
        assertEquals(killed, attempts.kill("a1", 1));
    }

    @Test
    void killRightAfterLaunch() throws Exception {
        attempts.launch(AttemptsPlace.launch("a1", "sleep 24490"), 1);

        Attempt killed = attempts.kill("a1", 1);

        assertFalse(killed.alive());
        assertEquals(0, TestPlace.running("sleep 24490"));
    }

    @Test
    void interruptIsCtrlC() throws Exception {
        attempts.launch(
                AttemptsPlace.launch(
                        "a1",
                        "trap 'echo got > got; exit 9' INT; touch ready; while :; do sleep 0.05; done"),
                1);
        assertTrue(TestPlace.eventually(() -> Files.exists(place.clone("a1").resolve("ready"))));

        attempts.interrupt("a1", 1);

        assertEquals(9, awaitExit("a1").exitCode());
        assertEquals("got\n", place.text("a1", "got"));
    }

    @Test
    void ctrlZDoesNotStopAnAgent() throws Exception {
        attempts.launch(
                AttemptsPlace.launch("a1", "while :; do echo x >> ticks; sleep 0.05; done"), 1);
        assertTrue(TestPlace.eventually(() -> place.text("a1", "ticks").length() > 4));

        panes.registry().find(attempts.get("a1").paneId()).orElseThrow().input(new byte[] {26});
        int length = place.text("a1", "ticks").length();

        assertTrue(TestPlace.eventually(() -> place.text("a1", "ticks").length() > length + 10));
        attempts.kill("a1", 1);
    }

    @Test
    void messagesArriveOnceAndInOrder() throws Exception {
        attempts.launch(
                AttemptsPlace.launch(
                        "a1",
                        "tail -n +1 -f $ORCHFLOW_INBOX | while read -r l; do echo \"$l\" >> got; done"),
                1);

        attempts.deliver("a1", "m1", 1, "{\"text\":\"one\\ntwo\"}");
        attempts.deliver("a1", "m2", 1, "{\n \"text\": \"three\"}");
        attempts.deliver("a1", "m1", 1, "{\"text\":\"one\\ntwo\"}");

        String expected = "{\"text\":\"one\\ntwo\"}\n{\"text\":\"three\"}\n";
        assertTrue(
                TestPlace.eventually(() -> place.text("a1", "got").equals(expected)),
                () -> place.text("a1", "got"));
        assertThrows(Refusal.class, () -> attempts.deliver("a1", "m3", 1, "no json"));
        attempts.kill("a1", 1);
        assertThrows(Refusal.class, () -> attempts.deliver("a1", "m4", 1, "{}"));
    }

    @Test
    void changesAreWatched() throws Exception {
        List<Attempt.Phase> seen = new ArrayList<>();
        attempts.register().watch(attempt -> seen.add(attempt.phase()));

        attempts.launch(AttemptsPlace.launch("a1", "true"), 1);
        awaitExit("a1");

        assertEquals(
                List.of(Attempt.Phase.PREPARING, Attempt.Phase.RUNNING, Attempt.Phase.EXITED),
                seen);
    }

    @Test
    void lostPaneIsExitedWithoutCode() throws Exception {
        attempts.launch(AttemptsPlace.launch("a1", "sleep 100"), 1);

        try (LivePanes none = new LivePanes(place.repository().root().resolve("none"))) {
            place.restart(none);
            attempts = place.attempts();
        }

        assertEquals(Attempt.Phase.EXITED, attempts.get("a1").phase());
        assertNull(attempts.get("a1").exitCode());
    }

    @Test
    void attemptsDoNotSeeEachOther() throws Exception {
        attempts.launch(AttemptsPlace.launch("a1", "echo secret > secret; sleep 100"), 1);
        assertTrue(TestPlace.eventually(() -> Files.exists(place.clone("a1").resolve("secret"))));

        attempts.launch(
                AttemptsPlace.launch(
                        "a2",
                        "ls %s 2>/dev/null && echo clone > seen; ls /dev/pts/[0-9]* 2>/dev/null && echo pty >> seen; pgrep -f 'sleep 10[0]' && echo ps >> seen; ls %s && echo bare >> seen; touch done; exit 0"
                                .formatted(
                                        place.clone("a1"), place.repository().repository().path())),
                1);

        assertEquals(0, awaitExit("a2").exitCode());
        assertTrue(Files.exists(place.clone("a2").resolve("done")));
        assertEquals("", place.text("a2", "seen"));
        attempts.kill("a1", 1);
    }

    @Test
    void unknownAndUnfinished() throws Exception {
        assertEquals(
                Refusal.Reason.NOT_FOUND,
                assertThrows(Refusal.class, () -> attempts.kill("none", 1)).reason());
        attempts.launch(AttemptsPlace.launch("a1", "sleep 100"), 1);

        assertEquals(
                Refusal.Reason.WRONG_STATE,
                assertThrows(Refusal.class, () -> attempts.collect("a1", 1, "")).reason());
        attempts.kill("a1", 1);
    }

    @Test
    void missingCommandExits127() throws Exception {
        AttemptLaunch launch = AttemptsPlace.launch("a1", "");
        attempts.launch(
                new AttemptLaunch(
                        launch.requestId(),
                        launch.swarmId(),
                        launch.taskId(),
                        launch.agentId(),
                        launch.role(),
                        "",
                        List.of("no-such-command"),
                        Map.of(),
                        false,
                        "",
                        ByteString.EMPTY,
                        launch.size()),
                1);

        assertEquals(127, awaitExit("a1").exitCode());
    }
}
