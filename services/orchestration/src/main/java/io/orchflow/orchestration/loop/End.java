package io.orchflow.orchestration.loop;

/// How the work ended.
///
/// @param exitCode of the pane's command
/// @param words what was done, or what went wrong and what to do next
record End(int exitCode, String words) {
    static final int GAVE_UP = 1;
    static final int NO_ANSWER = 3;

    static End done(String summary) {
        return new End(0, summary);
    }

    /// The model does not get there.
    static End gaveUp(String words) {
        return new End(GAVE_UP, words);
    }

    /// The model could not be asked.
    static End noAnswer(String words) {
        return new End(NO_ANSWER, words);
    }
}
