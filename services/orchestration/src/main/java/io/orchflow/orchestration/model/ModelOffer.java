package io.orchflow.orchestration.model;

/// A model of a provider.
///
/// @param name as the provider calls it
/// @param maxOutput tokens of an answer where a request names no limit itself
public record ModelOffer(String name, Price price, int maxOutput) {

    /// Where nobody says another: room for a long file, and a bound that a budget can hold.
    public static final int MAX_OUTPUT = 32_000;
}
