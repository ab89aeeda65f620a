package io.orchflow.agent.it;

import static io.orchflow.agent.it.RunningAgent.await;
import static io.orchflow.agent.it.RunningAgent.user;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.AttachRequest;
import io.orchflow.workspace.v1.Pane;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Streams that are cut, resumed, stalled and left behind.
class ResumeIT {

    private static final int SIZE = 10_000_000;

    private static RunningAgent agent;
    private static byte[] content;

    @BeforeAll
    static void start() throws Exception {
        agent = RunningAgent.start();
        content = new byte[SIZE];
        new Random(1).nextBytes(content);
        for (int i = 0; i < SIZE; i++) {
            // tmux would answer a query that happens to be among them.
            content[i] = content[i] == 0x1b || content[i] == 0x05 ? (byte) ' ' : content[i];
        }
        Path file = Files.createDirectories(agent.workspace().resolve("main")).resolve("bytes");
        Files.write(file, content);
        assertTrue(file.toFile().setReadable(true, false));
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
    }

    @Test
    void tenMegabytesThroughCutsAreTheSameBytes() {
        // The program waits for its reader after every quarter of a megabyte, as the ring holds
        // one.
        Pane pane =
                agent.open(
                        user("ann"),
                        "/bin/sh",
                        "-c",
                        "stty raw -echo; i=0; while [ $i -lt 40 ]; do"
                                + " dd if=bytes bs=250000 skip=$i count=1 status=none;"
                                + " dd bs=1 count=1 status=none of=/dev/null; i=$((i+1)); done");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int cuts = 0;
        Random random = new Random(2);
        int asked = 0;
        while (all.size() < SIZE) {
            long from = all.size();
            try (TestViewer ann =
                    TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), from)) {
                int enough = 1 + random.nextInt(400_000);
                ann.await(AttachEvent::hasHello);
                assertEquals(from, ann.events().getFirst().getHello().getSeq());
                while (ann.bytes().length < enough && from + ann.bytes().length < SIZE) {
                    int had = ann.bytes().length;
                    if (from + had == (asked + 1) * 250_000L) {
                        asked++;
                        ann.type("x");
                    }
                    await(10, () -> ann.bytes().length > had);
                }
                byte[] got = ann.bytes();
                all.writeBytes(got);
                assertFalse(ann.events().stream().anyMatch(AttachEvent::hasSnapshot));
                cuts++;
            }
        }
        assertTrue(cuts > 20, "cut " + cuts + " times");
        assertArrayEquals(content, all.toByteArray());
    }

    @Test
    void whoIsAwayForLongerThanTheRingHoldsGetsAPicture() {
        Pane pane =
                agent.open(
                        user("ann"),
                        "/bin/sh",
                        "-c",
                        "i=0; while [ $i -lt 60000 ]; do echo \"line $i of many that fill it\";"
                                + " i=$((i+1)); done; printf 'the end'; sleep 300");
        TestViewer first =
                TestViewer.watcher(agent.as("terminal"), pane.getPaneId(), user("ann"), 0);
        await(20, () -> first.text().endsWith("the end"));
        long end = first.next();
        first.close();
        assertTrue(end > 1_500_000);

        try (TestViewer again =
                TestViewer.watcher(agent.as("terminal"), pane.getPaneId(), user("ann"), 100)) {
            AttachEvent event = again.await(AttachEvent::hasSnapshot);
            String repaint = event.getSnapshot().getRepaint().toStringUtf8();

            assertEquals(end, event.getSnapshot().getSeq());
            assertEquals(end, again.events().getFirst().getHello().getSeq());
            assertTrue(repaint.contains("line 59999 of many that fill it"));
            assertTrue(repaint.contains("the end"));
        }
        try (TestViewer near =
                TestViewer.watcher(
                        agent.as("terminal"), pane.getPaneId(), user("ann"), end - 1_000_000)) {
            await(5, () -> near.bytes().length == 1_000_000);
            assertFalse(near.events().stream().anyMatch(AttachEvent::hasSnapshot));
        }
    }

    @Test
    void aStalledViewerHoldsUpNobodyAndCatchesUpByAPicture() {
        Pane pane =
                agent.open(
                        user("ann"),
                        "/bin/sh",
                        "-c",
                        "read go; i=0; while [ $i -lt 100000 ]; do echo \"line $i of many more\";"
                                + " i=$((i+1)); done; printf 'the end'; sleep 300");
        try (TestViewer ann =
                        TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0);
                TestViewer stalled =
                        TestViewer.stalled(agent.as("terminal"), pane.getPaneId(), user("bob"))) {
            stalled.take(2);
            stalled.await(AttachEvent::hasLease);
            ann.type("go\r");
            await(30, () -> ann.text().endsWith("the end"));

            stalled.take(100_000);
            await(10, () -> stalled.next() == ann.next());
            assertTrue(stalled.events().stream().anyMatch(AttachEvent::hasSnapshot));
        }
    }

    @Test
    void whoAcknowledgesHasAtMostAMegabyteOnItsWay() {
        Pane pane =
                agent.open(user("ann"), "/bin/sh", "-c", "stty raw -echo; cat bytes; sleep 300");
        try (TestViewer ann =
                TestViewer.watcher(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
            ann.send(AttachRequest.newBuilder().setAckSeq(0).build());
            await(20, () -> agent.pane(pane.getPaneId()).getNextSeq() == SIZE);
            long told = ann.next();
            ann.send(AttachRequest.newBuilder().setAckSeq(told).build());
            await(10, () -> ann.next() > told);
        }
    }

    @Test
    void anExitedPanesOutputCanBeReadUntilItIsClosed() {
        Pane pane = agent.open(user("ann"), "/bin/sh", "-c", "echo last words; exit 4");
        await(5, () -> agent.pane(pane.getPaneId()).getState() == Pane.State.EXITED);

        try (TestViewer ann =
                TestViewer.watcher(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
            assertEquals(4, ann.await(AttachEvent::hasExited).getExited().getExitCode());
            assertEquals("last words\r\n", ann.text());
        }
    }
}
