package io.orchflow.orchestration.plan;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the local planner would say to a message: a plan without id or state; without tasks where
/// it would propose none.
///
/// @param text what the assistant would say
/// @param options answers it would offer
public record PreviewView(
        @Schema(enumeration = {"local", "llm"}) String source,
        @Schema(minimum = "0", maximum = "1") double confidence,
        @Nullable @Schema(enumeration = {"single", "pipeline", "parallel", "hierarchical", "mesh"})
                String topology,
        List<TaskBody> tasks,
        @Schema(description = "What the assistant would say.") String text,
        @Schema(description = "Answers it would offer.") List<String> options) {

    static PreviewView of(Proposal proposal) {
        return switch (proposal) {
            case Proposal.Planned(var _, var plan, var text) ->
                    new PreviewView(
                            plan.source().word(),
                            plan.confidence(),
                            plan.topology().word(),
                            plan.tasks().stream().map(TaskBody::of).toList(),
                            text,
                            List.of());
            case Proposal.Question(var intent, var text, var options) ->
                    none(intent, text, options);
            case Proposal.NoFit(var intent, var text, var suggestions) ->
                    none(intent, text, suggestions);
            case Proposal.SmallTalk(var intent, var text) -> none(intent, text, List.of());
        };
    }

    private static PreviewView none(Intent intent, String text, List<String> options) {
        return new PreviewView(
                PlanSource.LOCAL.word(), intent.confidence(), null, List.of(), text, options);
    }
}
