package io.orchflow.orchestration.planner;

import io.orchflow.orchestration.plan.Intent;
import io.orchflow.orchestration.plan.Planner;
import io.orchflow.orchestration.plan.PlanningContext;
import io.orchflow.orchestration.plan.PlanningContext.Author;
import io.orchflow.orchestration.plan.Proposal;
import java.util.List;
import java.util.Optional;

/// Plans with the recipes at hand, asks when it is not sure, and says so when nothing fits.
final class LocalPlanner implements Planner {

    /// From this confidence on a plan is proposed; below it the person chooses.
    static final double PLAN = 0.6;

    /// Work that no recipe does is refused from this confidence on; below it, the request may only
    /// have been vague ("an app for my plants"), and the person is asked.
    private static final double REFUSE = 0.85;

    /// Asking makes sense when the recipes together are at least this likely.
    private static final double ASK = 0.12;

    private final RecipeStore store;
    private final Classifier classifier;
    private final AgentPrograms programs;

    LocalPlanner(RecipeStore store, Classifier classifier, AgentPrograms programs) {
        this.store = store;
        this.classifier = classifier;
        this.programs = programs;
    }

    @Override
    public Proposal propose(String text, PlanningContext context) {
        return propose(text, context, new Answers(store.read(), programs));
    }

    /// The same in place of a model.
    ///
    /// @param why it gave no plan, a clause for people
    Proposal instead(String text, PlanningContext context, String why) {
        return propose(text, context, new Answers(store.read(), programs, why));
    }

    private Proposal propose(String text, PlanningContext context, Answers answers) {
        if (Answers.isAboutModels(text)) {
            return answers.connect(new Intent("question", 1));
        }
        var request = text;
        var verdict = classifier.classify(text);
        var asked = askedBefore(context);
        if (asked.isPresent() && isReply(text, verdict)) {
            request = asked.get() + ". " + text;
            verdict = classifier.classify(request);
        }
        return answer(request, verdict, answers, context);
    }

    /// Short, and no talk: it goes with what was said before.
    private static boolean isReply(String text, Verdict verdict) {
        var best = verdict.best();
        boolean talk = best.equals(Label.SMALL_TALK) || best.equals(Label.CONTROL);
        return Words.of(text).size() <= 6 && !(talk && verdict.confidence(best) >= PLAN);
    }

    /// The request that the assistant's last question was about.
    private static Optional<String> askedBefore(PlanningContext context) {
        var earlier = context.earlier();
        boolean asks =
                earlier.size() >= 2
                        && earlier.getLast().author() == Author.ASSISTANT
                        && earlier.getLast().text().contains("?");
        return asks && earlier.get(earlier.size() - 2).author() == Author.USER
                ? Optional.of(earlier.get(earlier.size() - 2).text())
                : Optional.empty();
    }

    private Proposal answer(
            String request, Verdict verdict, Answers answers, PlanningContext context) {
        var catalogue = answers.catalogue();
        var best = verdict.best();
        double confidence = verdict.confidence(best);
        var recipe = catalogue.recipe(best);
        if (recipe.isPresent()) {
            var intent = new Intent(best.equals(Answers.REPORT) ? "test" : "build", confidence);
            return confidence >= PLAN
                    ? plan(intent, request, recipe.get(), answers, catalogue, context)
                    : answers.which(intent, request, near(verdict, catalogue));
        }
        double sure = best.equals(Label.OTHER) ? REFUSE : PLAN;
        if (confidence < sure && recipeMass(verdict, catalogue) >= ASK) {
            return answers.which(
                    new Intent("unknown", confidence), request, near(verdict, catalogue));
        }
        return switch (best) {
            case Label.SMALL_TALK -> answers.smallTalk(new Intent(best, confidence));
            case Label.CONTROL -> answers.control(new Intent(best, confidence));
            case Label.QUESTION -> answers.question(new Intent(best, confidence));
            default -> answers.noFit(new Intent("unknown", confidence), near(verdict, catalogue));
        };
    }

    private Proposal plan(
            Intent intent,
            String request,
            Recipe recipe,
            Answers answers,
            Catalogue catalogue,
            PlanningContext context) {
        boolean report = recipe.id().equals(Answers.REPORT);
        var beyond = report ? List.<String>of() : Wishes.beyond(request, recipe);
        var parameters = new ParameterReader(catalogue).read(request, recipe);
        if (!beyond.isEmpty()) {
            return answers.beyond(intent, recipe, beyond, parameters);
        }
        if (report && context.files().isEmpty()) {
            return answers.nothingToTest(intent);
        }
        var plan =
                new Drafting(recipe, parameters, Folders.free(parameters, context.files()))
                        .plan(intent.confidence());
        return new Proposal.Planned(intent, plan, answers.planned(recipe, parameters, plan));
    }

    private static double recipeMass(Verdict verdict, Catalogue catalogue) {
        return catalogue.recipes().stream()
                .mapToDouble(recipe -> verdict.confidence(recipe.id()))
                .sum();
    }

    private static List<Recipe> near(Verdict verdict, Catalogue catalogue) {
        return verdict.ranking().stream()
                .flatMap(label -> catalogue.recipe(label).stream())
                .limit(3)
                .toList();
    }
}
