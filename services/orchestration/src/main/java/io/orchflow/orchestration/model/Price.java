package io.orchflow.orchestration.model;

import java.math.BigDecimal;

/// What a model costs, in micro-dollars (10⁻⁶ USD) for a million tokens.
///
/// @param in of the request
/// @param cached of the request's tokens that came from a cache
/// @param out of the answer
public record Price(long in, long cached, long out) {

    public static final Price FREE = new Price(0, 0, 0);

    /// No price is above this: 10,000 USD.
    public static final BigDecimal MOST_USD = BigDecimal.valueOf(10_000);

    private static final long MILLION = 1_000_000;

    public Price {
        if (in < 0 || cached < 0 || out < 0) {
            throw new IllegalArgumentException("a price is never negative");
        }
    }

    /// Micro-dollars, rounded up.
    public long of(Usage usage) {
        var fresh = Math.max(0, usage.in() - usage.cached());
        var parts =
                Math.addExact(
                        Math.addExact(
                                Math.multiplyExact(fresh, in),
                                Math.multiplyExact(usage.cached(), cached)),
                        Math.multiplyExact(usage.out(), out));
        return Math.ceilDiv(parts, MILLION);
    }
}
