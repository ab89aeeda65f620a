package io.orchflow.orchestration.model;

/// A request that the proxy does not pass on. The message says why, for the agent and its people.
final class UnfitRequest extends Exception {
    UnfitRequest(String message) {
        super(message);
    }
}
