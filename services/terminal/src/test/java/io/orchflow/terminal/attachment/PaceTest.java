package io.orchflow.terminal.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void asksForTheNextAsLongAsTheViewerKeepsUp() {
        var pace = new Pace(new Flow(_ -> {}, 1), 0);
        pace.handed(1000, 0);
        assertThat(pace.done()).isEqualTo(1);
    }

    @Test
    void asksForNothingAboveTheWindowAndMakesUpForItLater() {
        var pace = new Pace(new Flow(_ -> {}, 1), 0);
        pace.handed(Pace.WINDOW, 0);
        assertThat(pace.done()).isZero();
        pace.handed(10, 0);
        assertThat(pace.done()).isZero();
        assertThat(pace.taken(10, 1)).isZero();
        assertThat(pace.taken(Pace.WINDOW, 2)).isEqualTo(2);
    }

    @Test
    void onACongestedSocketAsksOnlyOnceTheOneBeforeHasGoneOut() {
        var flow = new Flow(_ -> {}, 1);
        var quiet = new Pace(flow, 0);
        var loud = new Pace(flow, 0);
        flow.handed(Flow.WINDOW);
        assertThat(quiet.done()).isEqualTo(1);
        loud.handed(10, 0);
        assertThat(loud.done()).isZero();
        loud.handed(10, 0);
        assertThat(loud.done()).isZero();
        assertThat(loud.taken(10, 1)).isZero();
        assertThat(loud.taken(10, 1)).isEqualTo(1);
        flow.taken(Flow.WINDOW);
        assertThat(loud.done()).isEqualTo(2);
    }

    @Test
    void countsStandstillOnlyWhileSomethingIsOnItsWay() {
        var pace = new Pace(new Flow(_ -> {}, 1), 0);
        assertThat(pace.stuck(1_000)).isZero();
        pace.handed(10, 1_000);
        assertThat(pace.stuck(1_500)).isEqualTo(500);
        pace.handed(10, 1_600);
        assertThat(pace.stuck(1_700)).isEqualTo(700);
        pace.taken(10, 1_700);
        assertThat(pace.stuck(1_750)).isEqualTo(50);
        pace.taken(10, 1_800);
        assertThat(pace.stuck(9_000)).isZero();
    }

    /// Whatever the sizes and the order: never more than the window and what was asked ahead is on
    /// its way, and every event is asked for exactly once.
    @Test
    void holdsTheBoundAndLosesNoDemand() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var pace = new Pace(new Flow(_ -> {}, 1), 0);
            var sending = new ArrayDeque<Integer>();
            long onTheWay = 0;
            int demand = Pace.AHEAD;
            for (int event = 0; event < 500; ) {
                if (demand > 0 && random.nextInt(3) > 0) {
                    var size = 1 + random.nextInt(65_536);
                    pace.handed(size, 0);
                    sending.add(size);
                    onTheWay += size;
                    demand += pace.done() - 1;
                    event++;
                } else if (!sending.isEmpty()) {
                    var size = sending.remove();
                    onTheWay -= size;
                    demand += pace.taken(size, 0);
                }
                assertThat(onTheWay).isLessThan(Pace.WINDOW + (Pace.AHEAD + 1) * 65_536L);
                assertThat(demand).isBetween(0, Pace.AHEAD);
            }
            for (int size : sending) {
                demand += pace.taken(size, 0);
            }
            assertThat(demand).as("seed " + seed).isEqualTo(Pace.AHEAD);
        }
    }
}
