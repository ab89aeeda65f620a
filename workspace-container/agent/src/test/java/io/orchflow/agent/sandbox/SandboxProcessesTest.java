package io.orchflow.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Freeze, thaw and kill of process trees that try to get away.
class SandboxProcessesTest {

    private static final int UID = 0x7800_0000 + 8;

    /// Busy in the foreground, in a session of its own, after a double fork, and in a nested
    /// namespace.
    private static final String RESTLESS =
            """
            spin() { while :; do :; done; }
            export -f spin
            setsid bash -c 'spin 27182' &
            (setsid bash -c '(bash -c "spin 27183" &)' &)
            unshare -Ur --pid --fork --mount-proc bash -c 'spin 27184' &
            (while :; do /bin/true 27185; done) &
            touch ready
            while :; do echo tick >> ticks; sleep 0.02; done
            """;

    private TestPlace place;
    private Path workspace;

    SandboxProcessesTest() throws IOException {
        place = new TestPlace();
        workspace = place.workspace("mine", UID);
    }

    @BeforeEach
    void namespaces() {
        assumeTrue(place.sandboxes().mode().isolated(), place.sandboxes().notice());
    }

    @AfterEach
    void clean() throws IOException {
        place.close();
    }

    private SandboxProcesses restless(Process process) throws InterruptedException {
        assertTrue(TestPlace.eventually(() -> Files.exists(workspace.resolve("ready"))));
        assertTrue(TestPlace.eventually(() -> TestPlace.running("spin 27184") > 0));
        return SandboxProcesses.of((int) process.pid(), "MARK=test", true).orElseThrow();
    }

    private long ticks() throws IOException {
        return Files.size(workspace.resolve("ticks"));
    }

    @Test
    void nothingMovesWhileFrozen() throws Exception {
        Process process = place.start(workspace, UID, RESTLESS);
        try {
            SandboxProcesses processes = restless(process);

            processes.freeze();
            long cpu = processes.cpuTicks();
            long written = ticks();
            var pids = processes.pids();
            Thread.sleep(1500);

            assertTrue(processes.frozen());
            assertEquals(cpu, processes.cpuTicks());
            assertEquals(written, ticks());
            assertEquals(pids, processes.pids());
            assertTrue(processes.alive());

            processes.thaw();

            assertTrue(TestPlace.eventually(() -> processes.cpuTicks() > cpu));
            assertTrue(TestPlace.eventually(() -> size() > written));
            assertFalse(processes.frozen());
        } finally {
            process.destroyForcibly();
        }
    }

    private long size() {
        try {
            return ticks();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void killLeavesNothing() throws Exception {
        Process process = place.start(workspace, UID, RESTLESS);
        SandboxProcesses processes = restless(process);

        processes.kill();

        assertEquals(0, TestPlace.running("spin 2718"));
        assertFalse(processes.alive());
    }

    @Test
    void killEndsWhatIsFrozen() throws Exception {
        Process process = place.start(workspace, UID, RESTLESS);
        SandboxProcesses processes = restless(process);
        processes.freeze();

        processes.kill();

        assertEquals(0, TestPlace.running("spin 2718"));
    }

    @Test
    void sandboxDiesWithItsLeader() throws Exception {
        Process process = place.start(workspace, UID, RESTLESS);
        restless(process);

        process.destroyForcibly().waitFor();

        assertTrue(TestPlace.eventually(() -> TestPlace.running("spin 2718") == 0));
    }

    @Test
    void pidUsedAgainIsNotMistaken() throws Exception {
        Process process = place.start(workspace, UID, "sleep 100");
        try {
            SandboxProcesses processes =
                    SandboxProcesses.of((int) process.pid(), "MARK=test", true).orElseThrow();
            SandboxProcesses earlier =
                    new SandboxProcesses(
                            processes.leader(), processes.startTime() - 1, "MARK=other", true);

            earlier.kill();

            assertTrue(processes.alive());
        } finally {
            process.destroyForcibly();
        }
    }
}
