package io.orchflow.agent.it;

import static io.orchflow.agent.it.RunningAgent.await;
import static io.orchflow.agent.it.RunningAgent.runs;
import static io.orchflow.agent.it.RunningAgent.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.DescribeRequest;
import io.orchflow.workspace.v1.JournalEntry;
import io.orchflow.workspace.v1.JournalGrpc;
import io.orchflow.workspace.v1.OpenPaneRequest;
import io.orchflow.workspace.v1.Pane;
import io.orchflow.workspace.v1.ReadJournalRequest;
import io.orchflow.workspace.v1.WorkspaceAgentGrpc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The agent is killed and started again; tmux and what runs in it go on.
class SurvivalIT {

    @Test
    void aKilledAgentFindsItsPanesAgain() throws Exception {
        try (RunningAgent agent = RunningAgent.start()) {
            OpenPaneRequest request =
                    OpenPaneRequest.newBuilder()
                            .setRequestId("r-1")
                            .setOpener(user("ann"))
                            .addAllCommand(
                                    List.of(
                                            "/bin/sh",
                                            "-c",
                                            "echo before; read a; echo \"got $a\"; read b; exit 5"))
                            .build();
            Pane pane = agent.panes().open(request);
            Pane lateExit =
                    agent.open(user("ann"), "/bin/sh", "-c", "read a; echo in between; exit 6");
            Pane exited = agent.open(user("ann"), "/bin/sh", "-c", "exit 3");
            await(5, () -> agent.pane(exited.getPaneId()).getState() == Pane.State.EXITED);
            await(5, () -> agent.pane(pane.getPaneId()).getNextSeq() == "before\r\n".length());
            long epoch = epoch(agent);

            agent.kill();
            assertTrue(runs(pane.getPid()), "the program runs on");
            await(5, () -> clients(agent).isBlank());
            agent.tmux("send-keys", "-t", "=orchflow:=" + lateExit.getPaneId(), "x", "Enter");
            await(5, () -> screen(agent, lateExit).contains("in between"));
            agent.run();

            Pane found = agent.pane(pane.getPaneId());
            assertEquals(pane.getPid(), found.getPid());
            assertEquals(Pane.State.RUNNING, found.getState());
            assertTrue(found.getNextSeq() > "before\r\n".length(), "numbers are never used twice");
            assertEquals(epoch + 1, epoch(agent));
            assertEquals(3, agent.pane(exited.getPaneId()).getExitCode());
            await(5, () -> agent.pane(lateExit.getPaneId()).getExitCode() == 6);
            assertEquals(pane.getPaneId(), agent.panes().open(request).getPaneId());
            goesOn(agent, pane);
            assertEquals(gapless(agent), journal(agent).size());
        }
    }

    @Test
    void anAgentThatIsToldToEndLeavesItsPanesRunning() throws Exception {
        try (RunningAgent agent = RunningAgent.start()) {
            Pane pane = agent.open(user("ann"), "/bin/sh", "-c", "read a; exit 8");

            agent.terminate();
            assertTrue(runs(pane.getPid()));
            assertFalse(java.nio.file.Files.exists(agent.runtime().resolve("endpoint.json")));
            agent.run();

            assertEquals(Pane.State.RUNNING, agent.pane(pane.getPaneId()).getState());
        }
    }

    @Test
    void aLostControlClientIsReplacedAndLostPanesAreExitedWithoutACode() throws Exception {
        try (RunningAgent agent = RunningAgent.start()) {
            Pane pane = agent.open(user("ann"), "/bin/sh", "-c", "read a; echo \"got $a\"; read b");
            long client = Long.parseLong(clients(agent).strip());
            assertTrue(ProcessHandle.of(client).orElseThrow().destroyForcibly());
            await(
                    5,
                    () -> !clients(agent).isBlank() && !clients(agent).strip().equals("" + client));
            try (TestViewer ann =
                    TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
                ann.await(AttachEvent::hasSnapshot);
                ann.type("hello\r");
                ann.awaitText("got hello");
            }

            agent.tmux("kill-server");

            await(10, () -> agent.pane(pane.getPaneId()).getState() == Pane.State.EXITED);
            assertFalse(agent.pane(pane.getPaneId()).hasExitCode());
            Pane next = agent.open(user("ann"), "/bin/sh", "-c", "exit 2");
            await(5, () -> agent.pane(next.getPaneId()).getExitCode() == 2);
        }
    }

    @Test
    void shutdownLeavesNoProcess() throws Exception {
        RunningAgent agent = RunningAgent.start();
        Pane pane =
                agent.open(
                        user("ann"),
                        "/bin/sh",
                        "-c",
                        "trap '' HUP TERM; setsid sleep 300 & sleep 300");
        long server = Long.parseLong(agent.tmux("display-message", "-p", "#{pid}").strip());

        agent.close();

        assertFalse(runs(pane.getPid()));
        await(5, () -> !runs(server));
    }

    private static void goesOn(RunningAgent agent, Pane pane) {
        try (TestViewer ann =
                TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
            AttachEvent snapshot = ann.await(AttachEvent::hasSnapshot);
            assertTrue(snapshot.getSnapshot().getRepaint().toStringUtf8().contains("before"));
            ann.type("more\r");
            ann.awaitText("got more");
            ann.type("\r");
            assertEquals(5, ann.await(AttachEvent::hasExited).getExited().getExitCode());
        }
    }

    private static long epoch(RunningAgent agent) {
        return WorkspaceAgentGrpc.newBlockingStub(agent.as("workspaces"))
                .describe(DescribeRequest.getDefaultInstance())
                .getAgentEpoch();
    }

    private static List<JournalEntry> journal(RunningAgent agent) {
        List<JournalEntry> entries = new ArrayList<>();
        JournalGrpc.newBlockingStub(agent.as("terminal"))
                .read(ReadJournalRequest.getDefaultInstance())
                .forEachRemaining(entries::add);
        return entries;
    }

    private static int gapless(RunningAgent agent) {
        List<JournalEntry> entries = journal(agent);
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(i + 1, entries.get(i).getNumber());
        }
        return entries.size();
    }

    private static String clients(RunningAgent agent) {
        try {
            return agent.tmux("list-clients", "-F", "#{client_pid}");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String screen(RunningAgent agent, Pane pane) {
        try {
            return agent.tmux("capture-pane", "-p", "-t", "=orchflow:=" + pane.getPaneId());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
