package io.orchflow.load.planner;

import io.orchflow.orchestration.planner.Evaluation;
import io.orchflow.orchestration.planner.Request;
import io.orchflow.sentencevectors.StaticEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The planner's accuracy on requests that nothing has learned from; part of `./orchflow bench`.
public final class PlannerTable {

    private PlannerTable() {}

    /// @param arguments folder of the recipes; absent: that of the checkout one is in
    public static void main(String[] arguments) throws IOException {
        print(Path.of(arguments.length > 0 ? arguments[0] : "workspace-container/recipes"));
    }

    public static void print(Path recipes) throws IOException {
        var unseen = unseen();
        System.out.printf(
                "%nPlanner (%d unseen requests, 8 labels)%n"
                        + "| reads by | accuracy | right plan | wrong plan | false plan | calibration error |%n"
                        + "|---|---:|---:|---:|---:|---:|%n",
                unseen.size());
        for (var row :
                Evaluation.compare(
                        recipes, unseen, Map.of("MiniLM, whole", new RecordedVectors()))) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f %% | %.1f %% | %.1f %% | %.1f %% | %.2f |%n",
                    row.name(),
                    100 * row.accuracy(),
                    100 * row.rightPlans(),
                    100 * row.wrongPlans(),
                    100 * row.falsePlans(),
                    row.calibrationError());
        }
        System.out.println(
                "The service uses rules + static vectors. Right and wrong plan: of the requests for a"
                        + " recipe; false plan: of the others.");
        speed(unseen);
    }

    private static void speed(List<Request> unseen) {
        var encoder = StaticEncoder.load();
        long started = System.nanoTime();
        int rounds = 20;
        for (int round = 0; round < rounds; round++) {
            unseen.forEach(request -> encoder.encode(request.text()));
        }
        double micros = (System.nanoTime() - started) / 1e3 / rounds / unseen.size();
        System.out.printf(Locale.ROOT, "A static vector takes %.0f µs.%n", micros);
    }

    private static List<Request> unseen() throws IOException {
        var stream = PlannerTable.class.getResourceAsStream("/planner/held-out.tsv");
        var reader = new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8);
        try (var lines = new BufferedReader(reader)) {
            return lines.lines()
                    .map(line -> line.split("\t", 2))
                    .map(parts -> new Request(parts[0], parts[1]))
                    .toList();
        }
    }
}
