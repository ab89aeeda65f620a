package io.orchflow.local;

import java.io.PrintStream;
import java.util.Locale;

/// What a person reads: one line per thing that happened, with the time since the start.
final class Console {
    private final PrintStream out;
    private final long started = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    /// `  name         what happened                1.2 s`
    void progress(String part, String what) {
        line(String.format(Locale.ROOT, "  %-14s %-44s %6.1f s", part, what, seconds(started)));
    }

    synchronized void line(String text) {
        out.println(text);
        out.flush();
    }

    /// Seconds since the start.
    double elapsed() {
        return seconds(started);
    }

    static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }
}
