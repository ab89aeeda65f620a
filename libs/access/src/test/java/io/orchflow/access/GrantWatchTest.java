package io.orchflow.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrantWatchTest {

    private static final Duration INTERVAL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final FakeStore store = new FakeStore();
    private final GrantWatch watch = new GrantWatch(store, INTERVAL, PATIENCE);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aSocketHearsThatItsSessionIsOver() {
        store.present.addAll(Set.of("s1", "s2"));
        watch.watch("s1", listener("one"));
        watch.watch("s1", listener("two"));
        watch.watch("s2", listener("three"));

        store.present.remove("s1");

        await(() -> heard.size() == 2);
        assertThat(heard).containsExactlyInAnyOrder("one gone", "two gone");
    }

    @Test
    void aSocketThatIsClosedHearsNothing() {
        store.present.addAll(Set.of("s1", "s2"));
        watch.watch("s1", listener("one")).close();
        watch.watch("s2", listener("two"));

        store.present.clear();

        await(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("two gone");
    }

    @Test
    void whereNothingCanBeCheckedItIsDemotedAndThenGone() {
        store.present.add("s1");
        watch.watch("s1", listener("one"));
        store.broken = true;

        await(() -> heard.size() == 2);

        assertThat(heard).containsExactly("one unchecked", "one gone");
    }

    @Test
    void itHearsThatGrantsCanBeCheckedAgain() {
        store.present.add("s1");
        watch.watch("s1", listener("one"));
        store.broken = true;
        await(() -> heard.contains("one unchecked"));

        store.broken = false;

        await(() -> heard.contains("one checked again"));
        assertThat(heard).doesNotContain("one gone");
    }

    private GrantWatch.Listener listener(String name) {
        return new GrantWatch.Listener() {
            @Override
            public void gone() {
                heard.add(name + " gone");
            }

            @Override
            public void unchecked() {
                heard.add(name + " unchecked");
            }

            @Override
            public void checkedAgain() {
                heard.add(name + " checked again");
            }
        };
    }

    private static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static final class FakeStore implements GrantStore {
        final Set<String> present = ConcurrentHashMap.newKeySet();
        volatile boolean broken;

        @Override
        public Set<String> present(Collection<String> sessionIds) {
            if (broken) {
                throw new IllegalStateException("Redis is away");
            }
            return Set.copyOf(present);
        }
    }
}
