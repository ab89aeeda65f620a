package io.orchflow.orchestration.plan;

import java.util.List;

/// What a person allows a task that would otherwise make its checks prove nothing.
///
/// @param mayChange globs of files that its checks read and that it may change all the same: `*`
///     within a folder, `**` across folders
/// @param mayBeEmpty it may end without having changed anything
public record Allowance(List<String> mayChange, boolean mayBeEmpty) {
    public static final Allowance NONE = new Allowance(List.of(), false);

    public Allowance {
        mayChange = List.copyOf(mayChange);
    }
}
