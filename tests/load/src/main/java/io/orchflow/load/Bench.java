package io.orchflow.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchflow.e2e.Api;
import io.orchflow.e2e.Orchflow;
import io.orchflow.e2e.Work;
import io.orchflow.load.planner.PlannerTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Prints the performance tables of this machine: `./orchflow bench`. Bounded: about fifteen
/// minutes.
public final class Bench {
    private static final int SWARMS = 10;
    private static final String MEGABYTES = "| %s | %.0f |%n";

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("orchflow-bench");
        System.out.printf(
                "machine: %d cores, %s%n",
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"));
        PlannerTable.print(Orchflow.root().resolve("workspace-container/recipes"));
        start(data, "first start (empty data directory)").close();
        try (Orchflow orchflow = start(data, "second start")) {
            Work work = Work.inNewWorkspace(Api.signUp(orchflow), "bench");
            memory(orchflow);
            new Terminals(work).print();
            swarms(work);
            FirstLoad.print(orchflow);
        }
    }

    private static Orchflow start(Path data, String name) throws IOException, InterruptedException {
        long started = System.nanoTime();
        Orchflow orchflow = Orchflow.start(data, Clis.environment()).awaitReady();
        System.out.printf(
                Locale.ROOT, "%s: ready after %.1f s%n", name, (System.nanoTime() - started) / 1e9);
        return orchflow;
    }

    private static void memory(Orchflow orchflow) {
        System.out.println(
                "\nMemory (proportional set size, idle, one workspace)\n| process | MB |\n|---|---:|");
        Map<String, Double> megabytes = new TreeMap<>();
        for (var process : orchflow.processes()) {
            megabytes.merge(name(process), pssKilobytes(process.pid()) / 1024.0, Double::sum);
        }
        megabytes.forEach((name, used) -> System.out.printf(Locale.ROOT, MEGABYTES, name, used));
        double all = megabytes.values().stream().mapToDouble(used -> used).sum();
        System.out.printf(Locale.ROOT, MEGABYTES, "all", all);
    }

    // The service's jar, the main class of another Java process, or the program.
    private static String name(ProcessHandle process) {
        List<String> words = List.of(Orchflow.commandLine(process).split(" ", -1));
        return words.stream()
                .filter(word -> !word.startsWith("-"))
                .filter(word -> word.endsWith("-runner.jar") || word.startsWith("io.orchflow."))
                .map(word -> word.substring(word.lastIndexOf('/') + 1))
                .map(word -> word.replaceAll("-[0-9].*-runner.jar$|^io[.]orchflow[.]", ""))
                .findFirst()
                .orElseGet(() -> program(words.getFirst()));
    }

    private static String program(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replace(":", "");
    }

    private static long pssKilobytes(long pid) {
        return Orchflow.procFile(pid, "smaps_rollup")
                .lines()
                .filter(l -> l.startsWith("Pss:"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                .sum();
    }

    private static void swarms(Work work) {
        long[] planned = new long[SWARMS];
        long[] running = new long[SWARMS];
        for (int i = 0; i < SWARMS; i++) {
            long started = System.nanoTime();
            JsonNode plan = work.plan("Build me a REST API with auth for a book shop");
            planned[i] = System.nanoTime() - started;
            String swarmId = work.approve(plan);
            work.awaitSwarm(swarmId, "a first pane", s -> !Work.pids(s).isEmpty());
            running[i] = System.nanoTime() - started;
            work.api.post("/api/swarms/" + swarmId + "/cancel").expect(202);
            work.awaitState(swarmId, "CANCELLED");
        }
        System.out.println(Distribution.header("Time to the first swarm (polled every 50 ms)"));
        System.out.println(new Distribution(planned).row("message → plan"));
        System.out.println(
                new Distribution(running).row("message → approved → first pane RUNNING"));
    }
}
