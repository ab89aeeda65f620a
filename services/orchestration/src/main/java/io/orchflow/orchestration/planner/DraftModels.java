package io.orchflow.orchestration.planner;

import io.orchflow.orchestration.loop.ModelFailed;
import io.orchflow.orchestration.loop.Talk;
import io.orchflow.orchestration.loop.TalkModels;
import io.orchflow.orchestration.model.Payer;
import io.orchflow.orchestration.plan.PlanningContext;
import jakarta.inject.Singleton;
import java.time.Duration;

/// The models of teams' providers, through the proxy.
@Singleton
class DraftModels implements Drafters {
    private final TalkModels models;
    private final Duration atMost;

    DraftModels(TalkModels models, PlannerLimitsConfig config) {
        this.models = models;
        this.atMost = config.timeLimit();
    }

    @Override
    public Drafter of(PlanningContext.Asker asker) throws NoDraft {
        var payer =
                new Payer(
                        asker.teamId(),
                        asker.workspaceId(),
                        asker.userId(),
                        new Payer.Planning(asker.conversationId()),
                        asker.correlationId());
        var talk = models.with(payer, atMost);
        if (talk.isEmpty()) {
            throw new NoDraft(
                    models.any(asker.teamId())
                            ? "No model provider of the team speaks chat or messages"
                            : NONE);
        }
        return new Talking(talk.get());
    }

    private record Talking(Talk talk) implements Drafter {
        @Override
        public String name() {
            return talk.with();
        }

        @Override
        public void rules(String text) {
            talk.rules(text);
        }

        @Override
        public String answer(String text) throws NoDraft {
            try {
                return talk.ask(text);
            } catch (ModelFailed e) {
                throw new NoDraft(e.words());
            }
        }
    }
}
