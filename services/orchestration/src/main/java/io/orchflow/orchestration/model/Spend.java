package io.orchflow.orchestration.model;

/// An amount of both things that are limited.
///
/// @param tokens of requests and answers together
/// @param micros micro-dollars
public record Spend(long tokens, long micros) {

    public static final Spend NONE = new Spend(0, 0);

    public static Spend of(Usage usage, Price price) {
        return new Spend(usage.in() + usage.out(), price.of(usage));
    }

    public Spend plus(Spend other) {
        return new Spend(tokens + other.tokens, micros + other.micros);
    }
}
