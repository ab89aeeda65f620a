package io.orchflow.orchestration.planner;

import io.orchflow.sentencevectors.Encoder;
import io.orchflow.sentencevectors.StaticEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How well ways to read a request do on requests that none of them has seen. All figures are
/// shares, 0..1.
///
/// @param accuracy requests read rightly
/// @param rightPlans of the requests for a recipe, those that get its plan at once
/// @param wrongPlans of the requests for a recipe, those that get another one's plan
/// @param falsePlans of the requests that no recipe serves, those that get a plan all the same
/// @param calibrationError mean distance between confidence and accuracy, in ten bins
public record Evaluation(
        String name,
        double accuracy,
        double rightPlans,
        double wrongPlans,
        double falsePlans,
        double calibrationError) {

    private static final int BINS = 10;

    /// Rules, static vectors, both together (what the service uses), both with the nearest centroid
    /// in place of the head, and further encoders with the head.
    ///
    /// @param recipes folder of the catalogue, with the requests that are learned from
    /// @param unseen requests to judge by
    public static List<Evaluation> compare(
            Path recipes, List<Request> unseen, Map<String, Encoder> further) {
        var store = new RecipeStore(recipes);
        var seen = store.requests();
        var rows = new ArrayList<Evaluation>();
        var judge = new Judge(store.read(), unseen);
        rows.add(judge.judge("keyword rules", new KeywordClassifier()));
        rows.add(
                judge.judge("static vectors", LearnedClassifier.learn(StaticEncoder.load(), seen)));
        rows.add(judge.judge("rules + static vectors", LearnedClassifier.learn(seen)));
        var both = new RequestEncoder(StaticEncoder.load(), new KeywordClassifier());
        rows.add(judge.judge("the same, nearest centroid", CentroidClassifier.learn(both, seen)));
        further.forEach(
                (name, encoder) ->
                        rows.add(judge.judge(name, LearnedClassifier.learn(encoder, seen))));
        return rows;
    }

    private record Judge(Set<String> recipes, List<Request> unseen) {

        Judge(Catalogue catalogue, List<Request> unseen) {
            this(
                    Set.copyOf(catalogue.recipes().stream().map(Recipe::id).toList()),
                    List.copyOf(unseen));
        }

        Evaluation judge(String name, Classifier classifier) {
            var verdicts = unseen.stream().map(one -> classifier.classify(one.text())).toList();
            double right = 0;
            double served = 0;
            double rightPlans = 0;
            double wrongPlans = 0;
            double falsePlans = 0;
            for (int i = 0; i < verdicts.size(); i++) {
                var best = verdicts.get(i).best();
                var label = unseen.get(i).label();
                boolean plan = planned(verdicts.get(i));
                right += best.equals(label) ? 1 : 0;
                if (recipes.contains(label)) {
                    served++;
                    rightPlans += plan && best.equals(label) ? 1 : 0;
                    wrongPlans += plan && !best.equals(label) ? 1 : 0;
                } else {
                    falsePlans += plan ? 1 : 0;
                }
            }
            return new Evaluation(
                    name,
                    right / unseen.size(),
                    rightPlans / served,
                    wrongPlans / served,
                    falsePlans / (unseen.size() - served),
                    calibrationError(verdicts));
        }

        private boolean planned(Verdict verdict) {
            var best = verdict.best();
            return recipes.contains(best) && verdict.confidence(best) >= LocalPlanner.PLAN;
        }

        private double calibrationError(List<Verdict> verdicts) {
            var gaps = new double[BINS];
            for (int i = 0; i < verdicts.size(); i++) {
                var best = verdicts.get(i).best();
                double confidence = verdicts.get(i).confidence(best);
                int bin = Math.min(BINS - 1, (int) (confidence * BINS));
                gaps[bin] += confidence - (best.equals(unseen.get(i).label()) ? 1 : 0);
            }
            double sum = 0;
            for (double gap : gaps) {
                sum += Math.abs(gap);
            }
            return sum / verdicts.size();
        }
    }
}
