package io.orchflow.sentencevectors;

/// Turns a text into a vector, so that texts of like meaning lie close. Thread-safe.
public interface Encoder {

    /// @return a vector of length 1, or of zeros for a text that holds no word the encoder knows
    float[] encode(String text);

    /// Length of every vector.
    int dimensions();
}
