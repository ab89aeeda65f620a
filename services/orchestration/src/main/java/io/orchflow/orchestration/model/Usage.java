package io.orchflow.orchestration.model;

/// Tokens as a provider counts them.
///
/// @param in all of the request, what came from a cache too
/// @param cached of these, those that came from a cache
/// @param out of the answer, thoughts included
public record Usage(long in, long cached, long out) {

    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage {
        if (in < 0 || cached < 0 || out < 0) {
            throw new IllegalArgumentException("a usage is never negative");
        }
    }
}
