package io.orchflow.orchestration.plan;

import java.util.List;

/// What a person allows a task that would otherwise make its checks prove nothing, and what a
/// person wants of it besides.
///
/// @param mayChange globs of files that its checks read and that it may change all the same: `*`
///     within a folder, `**` across folders
/// @param mayBeEmpty it may end without having changed anything
/// @param review a person looks at its changes before they are merged
/// @param asks its agent asks a person before it runs or writes something
public record Allowance(List<String> mayChange, boolean mayBeEmpty, boolean review, boolean asks) {
    public static final Allowance NONE = new Allowance(List.of(), false);

    /// Without a review.
    public Allowance(List<String> mayChange, boolean mayBeEmpty) {
        this(mayChange, mayBeEmpty, false, false);
    }

    public Allowance {
        mayChange = List.copyOf(mayChange);
    }
}
