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

/// Prints the performance tables of this machine: `./orchflow bench`. Bounded: about five minutes.
public final class Bench {
    private static final int SWARMS = 10;

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("orchflow-bench");
        System.out.printf(
                "machine: %d cores, %s%n",
                Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"));
        PlannerTable.print(Orchflow.root().resolve("workspace-container/recipes"));
        start(data, "first start (empty data directory)").close();
        try (Orchflow orchflow = start(data, "second start")) {
            memory(orchflow);
            Work work = Work.inNewWorkspace(Api.signUp(orchflow), "bench");
            new Terminals(work).print();
            swarms(work);
        }
    }

    private static Orchflow start(Path data, String name) {
        long started = System.nanoTime();
        Orchflow orchflow = Orchflow.start(data).awaitReady();
        System.out.printf(
                Locale.ROOT, "%s: ready after %.1f s%n", name, (System.nanoTime() - started) / 1e9);
        return orchflow;
    }

    private static void memory(Orchflow orchflow) {
        System.out.println("\nMemory (proportional set size, idle)\n| process | MB |\n|---|---:|");
        double total = 0;
        for (var process : orchflow.processes()) {
            double megabytes = pssKilobytes(process.pid()) / 1024.0;
            total += megabytes;
            if (megabytes >= 1) {
                System.out.printf(Locale.ROOT, "| %s | %.0f |%n", name(process), megabytes);
            }
        }
        System.out.printf(Locale.ROOT, "| all | %.0f |%n", total);
    }

    private static String name(ProcessHandle process) {
        List<String> words = List.of(Orchflow.commandLine(process).split(" ", -1));
        return words.stream()
                .filter(w -> w.endsWith(".jar") && !w.startsWith("-"))
                .map(w -> w.substring(w.lastIndexOf('/') + 1))
                .findFirst()
                .orElseGet(() -> words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1));
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
