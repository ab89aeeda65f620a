package io.orchflow.orchestration.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The floor under the planner, on requests that it has not learned from.
class EvaluationTest {

    private static final Path UNSEEN =
            Path.of("../../tests/load/src/main/resources/planner/held-out.tsv");

    private static List<Request> unseen() throws IOException {
        return Files.readAllLines(UNSEEN).stream()
                .map(line -> line.split("\t", 2))
                .map(parts -> new Request(parts[0], parts[1]))
                .toList();
    }

    @Test
    void whatTheServiceUsesIsGoodEnoughAndTheBestThatRunsWithoutAModel() throws IOException {
        var rows = Evaluation.compare(LocalPlannerTest.RECIPES, unseen(), Map.of());
        var rules = rows.get(0);
        var vectors = rows.get(1);
        var both = rows.get(2);
        var centroid = rows.get(3);
        assertTrue(both.accuracy() >= 0.90, both.toString());
        assertTrue(both.rightPlans() >= 0.85, both.toString());
        assertTrue(both.wrongPlans() <= 0.02, both.toString());
        assertTrue(both.falsePlans() <= 0.08, both.toString());
        assertTrue(both.calibrationError() <= 0.12, both.toString());
        assertTrue(both.accuracy() > rules.accuracy() + 0.03, rules + " " + both);
        assertTrue(both.accuracy() > vectors.accuracy() + 0.03, vectors + " " + both);
        assertTrue(both.accuracy() > centroid.accuracy(), centroid + " " + both);
    }

    @Test
    void nothingThatIsLearnedFromIsAlsoJudgedBy() throws IOException {
        var seen = new HashSet<String>();
        for (var request : new RecipeStore(LocalPlannerTest.RECIPES).requests()) {
            assertTrue(seen.add(Words.line(request.text())), request.text());
        }
        var unseen = unseen();
        assertTrue(unseen.size() >= 150, unseen.size() + " requests");
        for (var request : unseen) {
            if (Words.of(request.text()).size() > 2) {
                assertTrue(seen.add(Words.line(request.text())), request.text());
            }
        }
    }

    @Test
    void twoFittingsOfTheSameRequestsGiveTheSameAnswer() {
        var requests = new RecipeStore(LocalPlannerTest.RECIPES).requests();
        var text = "an API for wine";
        assertEquals(
                LearnedClassifier.learn(requests).classify(text),
                LearnedClassifier.learn(requests).classify(text));
    }
}
