package io.orchflow.orchestration.planner;

/// What a message can be besides a request for one of the recipes.
final class Label {

    /// Asks for words, not for work.
    static final String QUESTION = "question";

    /// Greets, thanks, chats.
    static final String SMALL_TALK = "small-talk";

    /// Steers work that is under way: stop, pause, go on.
    static final String CONTROL = "control";

    /// Asks for work that no recipe does.
    static final String OTHER = "other";

    private Label() {}
}
