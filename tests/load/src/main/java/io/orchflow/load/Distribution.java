package io.orchflow.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Durations of the same thing, in nanoseconds.
final class Distribution {
    private final long[] sorted;

    Distribution(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    Distribution(List<long[]> parts) {
        this(parts.stream().flatMapToLong(Arrays::stream).toArray());
    }

    /// Nearest-rank percentile in milliseconds.
    ///
    /// @param p above 0, at most 100
    double millis(double p) {
        int rank = (int) Math.ceil(p / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }

    int count() {
        return sorted.length;
    }

    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %-44s | %5d | %9.2f | %9.2f | %9.2f |",
                name,
                count(),
                millis(50),
                millis(95),
                millis(99));
    }

    /// How many times as long as the other.
    String ratio(Distribution other) {
        return String.format(
                Locale.ROOT,
                "ratio to the peer: p50 %.1f, p95 %.1f, p99 %.1f",
                millis(50) / other.millis(50),
                millis(95) / other.millis(95),
                millis(99) / other.millis(99));
    }

    static String header(String title) {
        return """

                %s
                | %-44s |     n |    p50 ms |    p95 ms |    p99 ms |
                |%s|------:|----------:|----------:|----------:|"""
                .formatted(title, "", "-".repeat(46));
    }
}
