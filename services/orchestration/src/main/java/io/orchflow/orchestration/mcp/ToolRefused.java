package io.orchflow.orchestration.mcp;

/// A tool was not called as it has to be, or says no.
public final class ToolRefused extends Exception {

    /// @param words for the model: what happened, and what it can do
    public ToolRefused(String words) {
        super(words);
    }

    public String words() {
        return String.valueOf(getMessage());
    }
}
