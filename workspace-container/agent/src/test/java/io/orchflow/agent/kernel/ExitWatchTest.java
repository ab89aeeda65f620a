package io.orchflow.agent.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExitWatchTest {
    private static final int PROCESSES = 400;

    /// While a program is being started, its process holds copies of all our descriptors: the
    /// kernel goes on telling of a watched process whose descriptor we have closed, by a number
    /// that may be somebody else's by then.
    @Test
    void tellsOnceAndClosesNothingOfOthersWhileProgramsAreStarted() throws Exception {
        var watch = new ExitWatch();
        var told = new AtomicInteger();
        var left = new CountDownLatch(PROCESSES);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var started = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < PROCESSES; i++) {
                Callable<Boolean> one = () -> watched(watch, told, left);
                started.add(threads.submit(one));
            }
            for (Future<Boolean> one : started) {
                assertTrue(one.get());
            }
        }

        assertTrue(left.await(5, TimeUnit.SECONDS), left.getCount() + " were not told of");
        assertEquals(PROCESSES, told.get());
    }

    private static boolean watched(ExitWatch watch, AtomicInteger told, CountDownLatch left)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "0.02").start();
        watch.whenEnded(
                (int) process.pid(),
                () -> {
                    told.incrementAndGet();
                    left.countDown();
                });
        process.getOutputStream().close();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}
