package io.orchflow.orchestration.profile;

import io.orchflow.orchestration.model.Wire;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An agent program that a task may be given to.
///
/// @param id as a task names it
/// @param kind how it is spoken to: COMMAND or ACP
/// @param program what is looked for on the path
/// @param wire what it speaks to a model; absent where it has a way of its own, which orchflow
///     neither pays nor counts
/// @param structured whether its events say what it does; otherwise it is only observed
/// @param install what a person types to have it
public record Profile(
        String id,
        String title,
        Kind kind,
        String program,
        @Nullable Wire wire,
        boolean structured,
        String install) {

    /// How a program is spoken to; a task names it as its adapter.
    public enum Kind {
        COMMAND,
        ACP;

        /// As in the API: lower case.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Optional<Wire> spoken() {
        return Optional.ofNullable(wire);
    }
}
