package io.orchflow.orchestration.plan;

import org.jspecify.annotations.Nullable;

/// Which agent program does a task, and with which model.
///
/// @param profile id of its profile; absent: the agent of ours
/// @param model `provider/model` or `model`; absent: the first that the team has for it
public record Program(@Nullable String profile, @Nullable String model) {

    /// @return null for a task that is given to no agent
    static @Nullable Program of(
            AdapterKind adapter, @Nullable String profile, @Nullable String model) {
        return switch (adapter) {
            case RECIPE -> null;
            case COMMAND, ACP -> profile == null ? null : new Program(profile, model);
            case MODEL -> new Program(null, model);
        };
    }
}
