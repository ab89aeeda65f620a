package io.orchflow.orchestration.profile;

import io.orchflow.orchestration.model.Wire;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An agent program that a task may be given to.
///
/// @param id as a task names it
/// @param program what is looked for on the path
/// @param wire what it speaks to a model; absent where it has a way of its own, which orchflow
///     neither pays nor counts
/// @param structured whether its events say what it does; otherwise it is only observed
/// @param install what a person types to have it
public record Profile(
        String id,
        String title,
        String program,
        @Nullable Wire wire,
        boolean structured,
        String install) {

    public Optional<Wire> spoken() {
        return Optional.ofNullable(wire);
    }
}
