package io.orchflow.orchestration.stream;

/// Where a reader's events go. May block: a slow one delays only itself.
public interface EventSink {

    /// @throws RuntimeException ends the reading
    void accept(LoggedEvent event);

    /// Nothing happened for 15 s.
    void idle();

    /// Nothing follows. Called once.
    void end();
}
