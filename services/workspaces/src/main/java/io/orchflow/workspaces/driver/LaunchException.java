package io.orchflow.workspaces.driver;

import io.orchflow.workspaces.workspace.Trouble;
import org.jspecify.annotations.Nullable;

/// A driver could not do what it was told.
public final class LaunchException extends RuntimeException {

    private final transient Trouble trouble;

    LaunchException(String slug, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.trouble = new Trouble(slug, text);
    }

    public Trouble trouble() {
        return trouble;
    }
}
