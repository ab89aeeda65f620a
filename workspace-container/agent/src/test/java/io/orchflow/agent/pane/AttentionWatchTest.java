package io.orchflow.agent.pane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttentionWatchTest {

    private long time = 1_000_000;
    private final AttentionWatch watch = new AttentionWatch(() -> Instant.ofEpochMilli(time));

    @Test
    void outputOfTheSameMomentBelongsToTheQuestion() {
        write("\007");
        time += 900;
        write("May I? ");

        assertEquals(
                new Attention(Attention.Cause.SIGNAL, AttentionParser.BELL, 1_000_000),
                watch.current());
        time += 100;
        write("never mind");
        assertNull(watch.current());
    }

    @Test
    void ringingAgainIsNotGoingOn() {
        write("\007");
        time += 5_000;
        write("still there?\007");
        time += 500;
        write(">");

        assertEquals(1_000_000, Objects.requireNonNull(watch.current()).sinceMillis());
    }

    @Test
    void typingAnswersButReportsOfTheTerminalDoNot() {
        write("\007");
        watch.typed("\033[I\033[<35;10;4M\033[O".getBytes(UTF_8));
        assertNotNull(watch.current());

        watch.typed("y".getBytes(UTF_8));
        assertNull(watch.current());
        write("\007");
        watch.typed("\033[I".repeat(20_000).getBytes(UTF_8));
        assertNull(watch.current());
    }

    @Test
    void drawingForANewSizeIsNotGoingOn() {
        write("\007");
        time += 5_000;
        watch.resized();
        time += 100;
        write("the same screen, wider");

        assertNotNull(watch.current());
    }

    @Test
    void waitingForInputAsksAfterTwoSilentSeconds() {
        write("name? ");
        for (int i = 0; i < 4; i++) {
            time += 500;
            assertTrue(watch.wantsKernel());
            watch.waitsForInput(true);
            assertNull(watch.current(), "after " + i);
        }
        time += 500;
        watch.waitsForInput(true);

        assertEquals(
                new Attention(Attention.Cause.INPUT, "It waits for input.", 1_000_500),
                watch.current());
        write("a word of something in the background");
        assertNotNull(watch.current());
        assertTrue(watch.wantsKernel());
        watch.waitsForInput(false);
        assertNull(watch.current());
    }

    @Test
    void whoeverPutsSomethingOutDoesNotWait() {
        for (int i = 0; i < 20; i++) {
            time += 500;
            watch.waitsForInput(true);
            write("tick");
            assertFalse(watch.wantsKernel());
        }

        assertNull(watch.current());
    }

    @Test
    void aLongSilenceIsNotWaiting() {
        time += 60_000;
        watch.waitsForInput(false);
        time += 500;
        watch.waitsForInput(true);
        time += 1_000;
        watch.waitsForInput(true);

        assertNull(watch.current());
    }

    @Test
    void changesAreTold() throws InterruptedException {
        var told = new CountDownLatch(2);
        watch.listen(told::countDown);

        write("\007");
        time += 10;
        while (told.getCount() == 2) {
            Thread.sleep(5);
        }
        watch.answered();

        assertTrue(told.await(5, TimeUnit.SECONDS));
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        watch.output(bytes, bytes.length);
    }
}
