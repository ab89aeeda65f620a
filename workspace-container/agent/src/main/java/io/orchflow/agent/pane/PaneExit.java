package io.orchflow.agent.pane;

import org.jspecify.annotations.Nullable;

/// How a pane's program ended.
///
/// @param exitCode 0..255, 128+n when signal n ended it; null for a pane that was lost with an
///     earlier life of the workspace
public record PaneExit(@Nullable Integer exitCode) {}
