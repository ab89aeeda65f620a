package io.orchflow.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for the world to change.
public final class Await {
    private Await() {}

    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        until(what, atMost, condition, () -> "");
    }

    public static void until(
            String what, Duration atMost, BooleanSupplier condition, Supplier<String> details) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "waited " + atMost + " for " + what + "\n" + details.get());
            }
            LockSupport.parkNanos(50_000_000);
        }
    }
}
