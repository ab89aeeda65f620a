package io.orchflow.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.e2e.Api;
import io.orchflow.e2e.Await;
import io.orchflow.e2e.Orchflow;
import io.orchflow.e2e.PaneSocket;
import io.orchflow.e2e.Work;
import io.orchflow.load.planner.PlannerTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Prints the performance tables of this machine: `./orchflow bench`. Bounded: about five minutes.
public final class Bench {
    private static final int SWARMS = 10;
    private static final int PANES = 60;
    private static final int KEYS = 1_000;

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
            panes(work);
            echo(work);
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

    private static void panes(Work work) {
        long[] created = new long[PANES];
        long[] firstByte = new long[PANES];
        for (int i = 0; i < PANES; i++) {
            long started = System.nanoTime();
            JsonNode pane = open(work, "sh", "-c", "printf R; exec cat");
            created[i] = System.nanoTime() - started;
            try (var socket = PaneSocket.open(work.api, pane.get("wsUrl").asText(), 0L)) {
                Await.until("output", Duration.ofSeconds(5), () -> socket.output().length > 0);
                firstByte[i] = System.nanoTime() - started;
            }
            close(work, pane);
        }
        System.out.println(Distribution.header("Pane spawn"));
        System.out.println(new Distribution(created).row("POST /api/terminal/pane answered"));
        System.out.println(
                new Distribution(firstByte).row("… and its first byte in the viewer (50 ms poll)"));
    }

    private static JsonNode open(Work work, String... command) {
        ObjectNode body = Api.JSON.createObjectNode().put("workspaceId", work.workspaceId);
        var argv = body.putObject("options").putArray("command");
        List.of(command).forEach(argv::add);
        return work.api.post("/api/terminal/pane", body.toString()).expect(201).json();
    }

    private static void close(Work work, JsonNode pane) {
        work.api
                .call("DELETE", "/api/terminal/pane/" + pane.get("paneId").asText(), null)
                .expect(204);
    }

    private static void echo(Work work) throws IOException, InterruptedException {
        Distribution ours = echoThroughGateway(work);
        System.out.println(Distribution.header("Echo of one key, one session"));
        System.out.println(ours.row("orchflow: gateway, terminal, agent, tmux"));
        try (var peer = NodePtyPeer.start(Orchflow.root().resolve("tests/load/peers"));
                var client = new EchoClient(peer.uri, 0)) {
            client.awaitReady();
            client.measure(200);
            Distribution theirs = client.measure(KEYS);
            System.out.println(theirs.row("peer: node-pty 1.1.0 + ws 8.18.3, no tmux"));
            System.out.printf(
                    Locale.ROOT,
                    "ratio to the peer: p50 %.1f, p99 %.1f%n",
                    ours.millis(50) / theirs.millis(50),
                    ours.millis(99) / theirs.millis(99));
        } catch (IOException e) {
            System.out.println("peer left out: " + e.getMessage());
        }
    }

    private static Distribution echoThroughGateway(Work work) throws InterruptedException {
        JsonNode pane = open(work, "sh", "-c", "stty raw -echo; printf R; exec cat");
        URI at = work.api.origin.resolve(pane.get("wsUrl").asText());
        URI socket = URI.create("ws" + at.toString().substring(at.getScheme().length()));
        try (var client = new EchoClient(socket, Long.BYTES)) {
            client.awaitReady();
            client.measure(200);
            return client.measure(KEYS);
        } finally {
            close(work, pane);
        }
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
