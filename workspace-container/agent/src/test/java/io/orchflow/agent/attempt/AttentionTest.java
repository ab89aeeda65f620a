package io.orchflow.agent.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.agent.pane.Attention;
import io.orchflow.agent.pane.LivePanes;
import io.orchflow.agent.sandbox.TestPlace;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What programs in panes of a real tmux ask of people.
class AttentionTest {

    private final AttemptsPlace place = new AttemptsPlace();
    private final AttentionSampler sampler =
            new AttentionSampler(place.attempts().register(), place.panes().registry());

    AttentionTest() throws IOException {}

    @BeforeEach
    void start() {
        sampler.start();
    }

    @AfterEach
    void clean() throws IOException {
        sampler.close();
        place.close();
    }

    private @Nullable Attention asked(String agentId) {
        return place.attempts().get(agentId).attention();
    }

    private Attention question(String agentId) {
        return Objects.requireNonNull(asked(agentId));
    }

    private void type(String agentId, String text) {
        LivePanes.typeAsPerson(
                place.panes().registry(), place.attempts().get(agentId).paneId(), text);
    }

    @Test
    void aBellAsksUntilAPersonTypes() throws Exception {
        place.attempts()
                .launch(
                        AttemptsPlace.launch(
                                "a1", "printf '\\a'; read x; echo \"$x\" > answer; sleep 100"),
                        1);
        assertTrue(TestPlace.eventually(() -> asked("a1") != null));
        assertEquals(Attention.Cause.SIGNAL, question("a1").cause());

        type("a1", "yes\n");

        assertTrue(TestPlace.eventually(() -> place.text("a1", "answer").equals("yes\n")));
        assertTrue(TestPlace.eventually(() -> asked("a1") == null));
        place.attempts().kill("a1", 1);
    }

    @Test
    void aNotificationIsToldInItsWordsAndOutlivesTheAgent() throws Exception {
        place.attempts()
                .launch(AttemptsPlace.launch("a1", "printf '\\033]9;May I?\\007'; sleep 100"), 1);
        assertTrue(TestPlace.eventually(() -> asked("a1") != null));

        place.restart();

        assertEquals("May I?", question("a1").reason());
        place.attempts().freeze("a1", 1);
        assertEquals("May I?", question("a1").reason());
        place.attempts().deliver("a1", "m1", 1, "{}");
        assertTrue(TestPlace.eventually(() -> asked("a1") == null));
        place.attempts().kill("a1", 1);
    }

    @Test
    void goingOnEndsIt() throws Exception {
        place.attempts()
                .launch(AttemptsPlace.launch("a1", "printf '\\a'; sleep 2; echo on; sleep 100"), 1);
        assertTrue(TestPlace.eventually(() -> asked("a1") != null));

        assertTrue(TestPlace.eventually(() -> asked("a1") == null));
        place.attempts().kill("a1", 1);
    }

    @Test
    void whatWaitsForInputAsksByTheKernelsWord() throws Exception {
        place.attempts()
                .launch(
                        AttemptsPlace.launch(
                                "a1", "printf 'name? '; head -n 1 > answer; sleep 100"),
                        1);
        place.attempts().launch(AttemptsPlace.launch("a2", "sleep 100"), 1);
        place.attempts().launch(AttemptsPlace.launch("a3", "exec bash --norc -i"), 1);

        assertTrue(
                TestPlace.eventually(() -> asked("a1") != null && asked("a3") != null),
                () -> place.panes().screen(place.attempts().get("a1").paneId()));
        assertEquals(Attention.Cause.INPUT, question("a1").cause());
        assertNull(asked("a2"));

        type("a1", "Ada\n");

        assertTrue(TestPlace.eventually(() -> asked("a1") == null));
        assertEquals("Ada\n", place.text("a1", "answer"));
        place.attempts().kill("a1", 1);
        place.attempts().kill("a2", 1);
        assertNotNull(asked("a3"));
        assertNull(place.attempts().kill("a3", 1).attention());
    }

    @Test
    void typingWithoutTheLeaseIsNoAnswer() throws Exception {
        place.attempts().launch(AttemptsPlace.launch("a1", "printf '\\a'; sleep 100"), 1);
        assertTrue(TestPlace.eventually(() -> asked("a1") != null));
        var pane = place.panes().registry().find(place.attempts().get("a1").paneId()).orElseThrow();

        pane.input("by nobody\n".getBytes(UTF_8));
        Thread.sleep(300);

        assertNotNull(asked("a1"));
        place.attempts().kill("a1", 1);
    }
}
