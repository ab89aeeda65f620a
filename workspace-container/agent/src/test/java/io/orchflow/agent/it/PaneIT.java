package io.orchflow.agent.it;

import static io.orchflow.agent.it.RunningAgent.await;
import static io.orchflow.agent.it.RunningAgent.runs;
import static io.orchflow.agent.it.RunningAgent.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.ClosePaneRequest;
import io.orchflow.workspace.v1.Pane;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The life of a pane: opened, typed into, resized, ended, closed.
class PaneIT {

    /// What one message of a client may hold at most.
    private static final int MESSAGE = 60 * 1024;

    private static RunningAgent agent;

    @BeforeAll
    static void start() throws Exception {
        agent = RunningAgent.start();
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
    }

    @Test
    void aShellAnswersWhatIsTyped() {
        Pane pane = agent.open(user("ann"));
        try (TestViewer ann =
                TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
            ann.type("echo $((6*7))-$PANE_ID-${TMUX-none}; pwd\r");
            ann.awaitText("42-" + pane.getPaneId() + "-none");
            ann.awaitText("\r\n");
        }
    }

    @Test
    void anEditorTakesArrowsAndAPaste() throws Exception {
        Pane pane = agent.open(user("ann"), "vim", "-N", "-u", "NONE", "-n", "pasted.txt");
        try (TestViewer ann =
                TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
            ann.awaitText("[New]");
            ann.type("ione\rthree\033");
            ann.type("\033[A");
            ann.type("o\033[200~  two;\t'2'\033[201~\033");
            ann.type(":wq\r");
            assertEquals(0, ann.await(AttachEvent::hasExited).getExited().getExitCode());
        }
        Path file = agent.workspace().resolve("main/pasted.txt");
        assertEquals("one\n  two;\t'2'\nthree\n", Files.readString(file));
    }

    @Test
    void aPastedMegabyteArrivesWhole() throws Exception {
        byte[] bytes = new byte[1 << 20];
        new Random(7).nextBytes(bytes);
        String text = Base64.getEncoder().encodeToString(bytes).substring(0, bytes.length);
        Pane pane =
                agent.open(
                        user("ann"),
                        "/bin/sh",
                        "-c",
                        "stty raw -echo; printf ready; head -c %d | sha256sum; printf .end"
                                .formatted(text.length()));
        try (TestViewer ann =
                TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
            ann.awaitText("ready");
            for (int i = 0; i < text.length(); i += MESSAGE) {
                ann.type(text.substring(i, Math.min(text.length(), i + MESSAGE)));
            }
            ann.awaitText(".end");
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha256.digest(text.getBytes(StandardCharsets.US_ASCII));
            assertTrue(ann.text().contains(HexFormat.of().formatHex(digest)), ann.text());
        }
    }

    @Test
    void theLastBytesOfAProgramThatEndsAtOnceAreThereAndSoIsItsExitCode() {
        for (int i = 0; i < 20; i++) {
            Pane pane =
                    agent.open(
                            user("ann"),
                            "/bin/sh",
                            "-c",
                            "seq 1 3000; printf 'done\\303\\244'; exit 7");
            try (TestViewer ann =
                    TestViewer.watcher(agent.as("terminal"), pane.getPaneId(), user("bob"), 0)) {
                AttachEvent exited = ann.await(AttachEvent::hasExited);
                assertEquals(7, exited.getExited().getExitCode());
                assertTrue(ann.text().endsWith("2999\r\n3000\r\ndoneä"), ann.text());
                assertEquals(Pane.State.EXITED, agent.pane(pane.getPaneId()).getState());
                assertFalse(agent.pane(pane.getPaneId()).hasPid());
            }
        }
    }

    @Test
    void aSignalGivesItsNumberAbove128() {
        Pane pane = agent.open(user("ann"), "/bin/sh", "-c", "kill -9 $$");
        await(5, () -> agent.pane(pane.getPaneId()).getState() == Pane.State.EXITED);
        assertEquals(137, agent.pane(pane.getPaneId()).getExitCode());
    }

    @Test
    void ctrlCGives130() {
        Pane pane = agent.open(user("ann"), "/bin/sh", "-c", "echo UP; exec sleep 20");
        try (TestViewer ann =
                TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
            ann.awaitText("UP");
            ann.type("\003");
            assertEquals(130, ann.await(AttachEvent::hasExited).getExited().getExitCode());
        }
    }

    /// Which moment a byte hits cannot be said: one pane is enough that had it before its prompt,
    /// and lives. (Not one did where Ctrl-C was a signal from the start.)
    @Test
    void ctrlCWhileTheSandboxIsBuiltHarmsNothing() throws Exception {
        boolean unharmed = false;
        for (int millis = 10; millis <= 60 && !unharmed; millis += 2) {
            Pane pane = agent.open(user("ann"));
            try (TestViewer ann =
                    TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
                ann.await(AttachEvent::hasLease);
                Thread.sleep(millis);
                ann.type("\003");
                await(
                        10,
                        () ->
                                ann.text().contains("$ ")
                                        || ann.events().stream().anyMatch(AttachEvent::hasExited));
                unharmed = ann.text().startsWith("^C") && ann.text().contains("$ ");
                if (unharmed) {
                    ann.type("echo $((6*7))-answered\r");
                    ann.awaitText("42-answered");
                }
            }
        }
        assertTrue(unharmed);
    }

    @Test
    void closingEndsEveryProcessAndTheStream() {
        Pane pane =
                agent.open(
                        user("ann"), "/bin/sh", "-c", "trap '' HUP; setsid sleep 300 & sleep 300");
        TestViewer ann = TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0);
        ann.await(AttachEvent::hasLease);
        assertTrue(runs(pane.getPid()));
        var _ =
                agent.panes()
                        .close(
                                ClosePaneRequest.newBuilder()
                                        .setPaneId(pane.getPaneId())
                                        .setBy(user("ann"))
                                        .build());
        ann.await(AttachEvent::hasGone);
        await(5, ann::isOver);
        assertFalse(runs(pane.getPid()));
    }
}
