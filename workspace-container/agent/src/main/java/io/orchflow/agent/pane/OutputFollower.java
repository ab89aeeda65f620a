package io.orchflow.agent.pane;

/// Takes what a pane puts out. Calls come one at a time, from any thread, and must not block.
public interface OutputFollower {

    /// False while it has enough to do; [Following#goOn] says that this has changed.
    boolean isReady();

    /// The array is its own.
    void output(byte[] bytes);

    /// It was too slow: output was lost at this place.
    void gap();

    /// Nothing comes after this.
    void exited(PaneExit exit);

    /// A follower at work.
    interface Following extends AutoCloseable {
        void goOn();

        @Override
        void close();
    }
}
