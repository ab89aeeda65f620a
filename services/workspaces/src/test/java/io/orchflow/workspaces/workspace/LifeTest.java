package io.orchflow.workspaces.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifeTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Trouble TROUBLE = new Trouble("agent-ended", "The agent ended.");

    static Stream<Life> everyState() {
        return Stream.of(
                new Life.Requested(NOW),
                new Life.Starting(NOW, 1, NOW, null),
                new Life.Starting(NOW, 3, NOW.plusSeconds(1), TROUBLE),
                new Life.Running(Isolation.NAMESPACES, null, NOW, 1),
                new Life.Running(Isolation.NONE, "no user namespaces", NOW, 2),
                new Life.Stopping(),
                new Life.Stopped(false),
                new Life.Stopped(true),
                new Life.Failed(TROUBLE),
                new Life.Deleting());
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void columnsKeepEveryState(Life life) {
        assertThat(LifeColumns.of(life).life()).isEqualTo(life);
    }

    @ParameterizedTest
    @MethodSource("everyState")
    void everyStateCanBeDeleted(Life life) {
        assertThat(life.delete()).isInstanceOf(Life.Deleting.class);
    }

    @Test
    void startsWhatStandsStillAndLeavesTheRest() {
        assertThat(new Life.Stopped(false).start(NOW)).isInstanceOf(Life.Starting.class);
        assertThat(new Life.Failed(TROUBLE).start(NOW))
                .isEqualTo(new Life.Starting(NOW, 1, NOW, null));
        var running = new Life.Running(Isolation.NONE, null, NOW, 1);
        assertThat(running.start(NOW)).isSameAs(running);
    }

    @Test
    void refusesToStartWhatIsBeingEnded() {
        assertThatThrownBy(() -> new Life.Stopping().start(NOW))
                .isInstanceOfSatisfying(
                        WrongStateException.class,
                        e -> assertThat(e.status()).isEqualTo(Status.STOPPING));
        assertThatThrownBy(() -> new Life.Deleting().start(NOW))
                .isInstanceOf(WrongStateException.class);
        assertThatThrownBy(() -> new Life.Deleting().stop())
                .isInstanceOf(WrongStateException.class);
    }

    @Test
    void stoppingASuspendedOneKeepsItFromComingBack() {
        assertThat(new Life.Stopped(true).stop()).isEqualTo(new Life.Stopped(false));
    }

    @Test
    void triesLaterAndLaterAndFailsAtLast() {
        Life life = new Life.Requested(NOW).begin();
        var waits = Stream.<Duration>builder();
        var now = NOW;
        while (life instanceof Life.Starting starting) {
            waits.add(Duration.between(now, starting.dueAt()));
            now = starting.dueAt();
            life = starting.again(TROUBLE, now);
        }
        assertThat(life).isEqualTo(new Life.Failed(TROUBLE));
        assertThat(waits.build().map(Duration::toMillis))
                .containsExactly(0L, 500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L);
    }

    @Test
    void aSettledAgentStartsAgainAtOnceAndAFlappingOneDoesNot() {
        var running = new Life.Running(Isolation.NONE, null, NOW, 4);
        assertThat(running.lose(TROUBLE, NOW.plus(Backoff.SETTLED)))
                .isEqualTo(
                        new Life.Starting(
                                NOW.plus(Backoff.SETTLED), 1, NOW.plus(Backoff.SETTLED), TROUBLE));
        assertThat(running.lose(TROUBLE, NOW.plusSeconds(1)))
                .isEqualTo(
                        new Life.Starting(
                                NOW.plusSeconds(1),
                                5,
                                NOW.plusSeconds(1).plusMillis(4000),
                                TROUBLE));
    }

    /// Whatever people wish and the machine does, in any order: nothing but a start leaves STOPPED
    /// and FAILED, nothing leaves Deleting, and every state can be kept.
    @Test
    void noOrderOfWishesAndEventsBreaksALife() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            Life life = new Life.Requested(NOW);
            for (int step = 0; step < 40; step++) {
                var before = life;
                var start = false;
                try {
                    switch (random.nextInt(5)) {
                        case 0 -> {
                            start = true;
                            life = life.start(NOW);
                        }
                        case 1 -> life = life.stop();
                        case 2 -> life = random.nextInt(10) == 0 ? life.delete() : life;
                        default -> life = happens(life, random);
                    }
                } catch (WrongStateException e) {
                    assertThat(e.status()).isEqualTo(before.status());
                }
                assertThat(LifeColumns.of(life).life()).as("seed " + seed).isEqualTo(life);
                if (before instanceof Life.Deleting) {
                    assertThat(life).isEqualTo(before);
                }
                if (before instanceof Life.Failed || before.equals(new Life.Stopped(false))) {
                    assertThat(
                                    start
                                            || List.of(
                                                            Status.STOPPED,
                                                            Status.FAILED,
                                                            Status.STOPPING)
                                                    .contains(life.status()))
                            .as("seed " + seed + ": " + before + " became " + life)
                            .isTrue();
                }
            }
        }
    }

    private static Life happens(Life life, Random random) {
        return switch (life) {
            case Life.Requested requested -> requested.begin();
            case Life.Starting starting ->
                    random.nextBoolean()
                            ? starting.serving(Isolation.NAMESPACES, null, NOW)
                            : starting.again(TROUBLE, NOW);
            case Life.Running running ->
                    random.nextInt(4) == 0 ? running.suspend() : running.lose(TROUBLE, NOW);
            case Life.Stopping stopping -> stopping.done();
            case Life.Stopped stopped -> stopped.startsAgain() ? stopped.resume(NOW) : stopped;
            case Life.Failed _, Life.Deleting _ -> life;
        };
    }
}
