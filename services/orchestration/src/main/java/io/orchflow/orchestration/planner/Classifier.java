package io.orchflow.orchestration.planner;

/// Reads what a message asks for. Thread-safe.
interface Classifier {

    Verdict classify(String text);
}
