package io.orchflow.orchestration.task;

import org.jspecify.annotations.Nullable;

/// A person's look at a task's changes before they are merged.
///
/// @param commit what is looked at: an acceptance holds for this one alone
/// @param acceptedBy a user; absent: nobody has said yes yet
public record Review(String commit, @Nullable String acceptedBy) {

    public boolean open() {
        return acceptedBy == null;
    }
}
