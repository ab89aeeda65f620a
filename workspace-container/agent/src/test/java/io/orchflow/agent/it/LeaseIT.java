package io.orchflow.agent.it;

import static io.orchflow.agent.it.RunningAgent.await;
import static io.orchflow.agent.it.RunningAgent.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.Pane;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who may type and resize, seen through streams.
class LeaseIT {

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
    void onlyTheHoldersInputAndSizeCount() {
        Pane pane =
                agent.open(user("ann"), "/bin/sh", "-c", "while read a; do echo \"<$a>\"; done");
        try (TestViewer ann = driver(pane, "ann");
                TestViewer bob = driver(pane, "bob")) {
            ann.await(AttachEvent::hasLease);
            bob.await(AttachEvent::hasLease);
            bob.type("from bob\r");
            bob.resize(120, 40);
            ann.type("from ann\r");
            ann.awaitText("<from ann>");
            assertFalse(ann.text().contains("bob"), ann.text());
            assertEquals(80, agent.pane(pane.getPaneId()).getCols());

            bob.takeLease(true);
            bob.await(event -> event.hasLease() && holder(event).equals("bob"));
            bob.type("bob's turn\r");
            bob.resize(120, 40);
            bob.awaitText("<bob's turn>");
            AttachEvent resized = ann.await(AttachEvent::hasResized);

            assertEquals(120, resized.getResized().getCols());
            assertEquals("bob", agent.pane(pane.getPaneId()).getLeaseHolder().getId());
            ann.type("too late\r");
            bob.takeLease(false);
            ann.await(event -> event.hasLease() && !event.getLease().hasHolder());
            assertFalse(agent.pane(pane.getPaneId()).hasLeaseHolder());
            assertFalse(bob.text().contains("too late"));
        }
    }

    @Test
    void aViewerGetsNoLeaseAndADriverGetsAFreeOne() {
        Pane pane = agent.open(user("ann"), "/bin/sh", "-c", "cat");
        try (TestViewer ann = driver(pane, "ann")) {
            ann.await(AttachEvent::hasLease);
            ann.takeLease(false);
            ann.await(event -> event.hasLease() && !event.getLease().hasHolder());
        }
        try (TestViewer viewer =
                TestViewer.watcher(agent.as("terminal"), pane.getPaneId(), user("carl"), 0)) {
            assertFalse(viewer.await(AttachEvent::hasLease).getLease().hasHolder());
            viewer.takeLease(true);
            viewer.type("nothing\r");
            try (TestViewer bob = driver(pane, "bob")) {
                assertEquals("bob", holder(bob.await(AttachEvent::hasLease)));
                bob.type("bob\r");
                viewer.awaitText("bob");
                assertFalse(viewer.text().contains("nothing"));
            }
        }
    }

    @Test
    void aLeaseIsFreeTenSecondsAfterTheHoldersLastStream() {
        Pane pane = agent.open(user("ann"), "/bin/sh", "-c", "cat");
        try (TestViewer bob = driver(pane, "bob")) {
            TestViewer ann = driver(pane, "ann");
            ann.await(AttachEvent::hasLease);
            long left = System.nanoTime();
            ann.close();
            await(
                    12,
                    () ->
                            bob.events().stream()
                                    .anyMatch(e -> e.hasLease() && !e.getLease().hasHolder()));
            assertTrue(System.nanoTime() - left > 9_500_000_000L);
        }
    }

    @Test
    void soIsThatOfAnOpenerWhoNeverCame() {
        Pane pane = agent.open(user("ann"), "/bin/sh", "-c", "cat");
        try (TestViewer bob = driver(pane, "bob")) {
            assertEquals("ann", holder(bob.await(AttachEvent::hasLease)));
            await(
                    12,
                    () ->
                            bob.events().stream()
                                    .anyMatch(e -> e.hasLease() && !e.getLease().hasHolder()));
        }
    }

    private static TestViewer driver(Pane pane, String who) {
        return TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user(who), 0);
    }

    private static String holder(AttachEvent event) {
        return event.getLease().getHolder().getId();
    }
}
