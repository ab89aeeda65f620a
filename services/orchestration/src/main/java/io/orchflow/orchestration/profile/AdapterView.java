package io.orchflow.orchestration.profile;

import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.model.Wire;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// An agent program that a task may be given to, and what it lacks here.
public record AdapterView(
        @Schema(
                        description =
                                "What a task names as its `profile`; of kind `model`, as its `adapter`.")
                String id,
        String title,
        @Schema(
                        enumeration = {"command", "acp", "model"},
                        description = "What a task names as its `adapter`.")
                String kind,
        @Schema(
                        enumeration = {"structured", "observed"},
                        description =
                                "structured: its own events say what it does. observed: its pane and its exit do.")
                String label,
        @Nullable
                @Schema(
                        enumeration = {"responses", "chat", "messages"},
                        description =
                                "What it speaks to a model, through orchflow, which counts and limits it. Absent: it has a way and a login of its own, so only its time and its processes are limited.")
                String wire,
        @Nullable @Schema(description = "Absent while the workspace does not answer.")
                Boolean installed,
        @Nullable String path,
        @Nullable @Schema(description = "The model that it would work with.") ModelView model,
        @Schema(
                        description =
                                "Whether it can be told to ask before it acts (`permissions` of a task).")
                boolean asks,
        @Schema(description = "Whether a task may be given to it now.") boolean ready,
        @Nullable @Schema(description = "What it lacks, where it is not ready.") String problem,
        @Nullable @Schema(description = "A command line that mends it, where there is one.")
                String mend) {

    /// A model of a provider.
    public record ModelView(String provider, String model) {}

    /// The agent of ours, which needs nothing but a model.
    ///
    /// @param answers whether the workspace does
    static AdapterView ofOurs(boolean answers, Optional<ModelChoice> choice) {
        String problem = null;
        if (!answers) {
            problem = "The workspace does not answer.";
        } else if (choice.isEmpty()) {
            problem =
                    "The team has no model provider that speaks chat or messages: add one in Settings, Models.";
        }
        return new AdapterView(
                "model",
                "orchflow's own agent",
                "model",
                "structured",
                choice.map(ModelChoice::wire).orElse(Wire.CHAT).word(),
                answers ? Boolean.TRUE : null,
                null,
                choice.map(c -> new ModelView(c.provider().name(), c.model().name())).orElse(null),
                true,
                problem == null,
                problem,
                null);
    }

    static AdapterView of(
            Profile profile,
            @Nullable Boolean installed,
            @Nullable String path,
            Optional<ModelView> model) {
        String problem = null;
        String mend = null;
        if (installed == null) {
            problem = "The workspace does not answer.";
        } else if (!installed) {
            problem = profile.program() + " is not installed on the workspace's machine.";
            mend = profile.install();
        } else if (profile.wire() != null && model.isEmpty()) {
            problem =
                    "The team has no model provider that speaks "
                            + profile.wire().word()
                            + ": add one in Settings, Models.";
        }
        return new AdapterView(
                profile.id(),
                profile.title(),
                profile.kind().word(),
                profile.structured() ? "structured" : "observed",
                profile.spoken().map(Wire::word).orElse(null),
                installed,
                path,
                model.orElse(null),
                profile.kind() == Profile.Kind.ACP,
                problem == null,
                problem,
                mend);
    }
}
