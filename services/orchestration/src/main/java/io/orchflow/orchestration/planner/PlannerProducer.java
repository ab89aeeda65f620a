package io.orchflow.orchestration.planner;

import io.orchflow.orchestration.plan.Catalogues;
import io.orchflow.orchestration.plan.HowToRun;
import io.orchflow.orchestration.plan.Planner;
import io.orchflow.orchestration.plan.RecipeCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/// Makes the planners and what they plan with.
@ApplicationScoped
class PlannerProducer {

    @Produces
    @ApplicationScoped
    RecipeCatalogue catalogue(PlannerConfig config) {
        return new RecipeStore(config.dir());
    }

    @Produces
    @ApplicationScoped
    HowToRun howToRun(PlannerConfig config) {
        return new RecipeLines(new RecipeStore(config.dir()));
    }

    @Produces
    @ApplicationScoped
    Planner planner(PlannerConfig config, Drafters drafters, Catalogues catalogues) {
        var store = new RecipeStore(config.dir());
        var classifier = LearnedClassifier.learn(store.requests());
        var local = new LocalPlanner(store, classifier, new AgentPrograms());
        return new LlmPlanner(local, drafters, new DraftMapper(catalogues));
    }
}
