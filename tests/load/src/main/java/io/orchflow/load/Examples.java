package io.orchflow.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.e2e.Api;
import io.orchflow.e2e.Orchflow;
import io.orchflow.e2e.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;

/// Runs the requests that the page offers as examples and writes down how long each took, from the
/// approval to COMPLETED: `./orchflow bench examples`. The file itself says which requests; each
/// runs in new workspaces.
public final class Examples {
    static final Path FILE = Path.of("frontend-dist/src/lib/text/examples.json");
    private static final int RUNS = 3;

    private Examples() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Orchflow.root().resolve(FILE);
        JsonNode wanted = Api.JSON.readTree(file.toFile());
        double load = loadAverage();
        ArrayNode measured = Api.JSON.createArrayNode();
        try (Orchflow orchflow =
                Orchflow.start(Files.createTempDirectory("orchflow-examples")).awaitReady()) {
            Api api = Api.signUp(orchflow);
            for (JsonNode example : wanted) {
                measured.add(measure(api, example.get("text").asText(), load));
            }
        }
        String text = Api.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(measured);
        Files.writeString(file, text + "\n");
    }

    private static ObjectNode measure(Api api, String text, double load) {
        long[] nanos = new long[RUNS];
        String recipe = "";
        for (int i = 0; i < RUNS; i++) {
            Work work = Work.inNewWorkspace(api, "example");
            JsonNode plan = work.plan(text);
            recipe = plan.get("tasks").get(0).get("recipe").asText().replaceAll("/.*", "");
            long approved = System.nanoTime();
            work.awaitState(work.approve(plan), "COMPLETED");
            nanos[i] = System.nanoTime() - approved;
            api.call("DELETE", "/api/workspaces/" + work.workspaceId, null).expect(202);
            System.out.printf(Locale.ROOT, "%s: %.1f s%n", text, nanos[i] / 1e9);
        }
        return Api.JSON
                .createObjectNode()
                .put("text", text)
                .put("recipe", recipe)
                .put("medianSeconds", seconds(median(nanos)))
                .put("runs", RUNS)
                .put("measuredOn", machine())
                .put("measuredAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("load", load);
    }

    /// The middle one; of an even number the mean of the two in the middle.
    static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// One decimal.
    static double seconds(long nanos) {
        return Math.round(nanos / 1e8) / 10.0;
    }

    private static String machine() {
        long kilobytes =
                proc("meminfo")
                        .lines()
                        .filter(line -> line.startsWith("MemTotal:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
        return "%d cores, %d GB"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(kilobytes / 1024.0 / 1024.0));
    }

    private static String proc(String name) {
        try {
            return Files.readString(Path.of("/proc", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of the last minute, before anything of ours runs.
    private static double loadAverage() {
        return Double.parseDouble(proc("loadavg").split(" ", 2)[0]);
    }
}
