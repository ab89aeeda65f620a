package io.orchflow.orchestration.loop;

/// The model gave no answer; the message says why, for people.
public final class ModelFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean passing;

    /// @param passing whether it may answer if it is asked again
    ModelFailed(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    boolean passing() {
        return passing;
    }

    /// Why, for people.
    public String words() {
        return String.valueOf(getMessage());
    }
}
