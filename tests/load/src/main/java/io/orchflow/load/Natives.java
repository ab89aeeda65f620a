package io.orchflow.load;

import io.orchflow.e2e.Api;
import io.orchflow.e2e.Orchflow;
import io.orchflow.e2e.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Every program of orchflow on the JVM (with its AOT cache) and as a native executable, one after
/// the other on the same machine: `./orchflow bench native`. Bounded: about three minutes.
public final class Natives {
    private static final int REQUESTS = 300;
    private static final int STARTS = 5;
    private static final long SETTLE_MILLIS = 8_000;

    /// A request that goes to the service alone.
    private static final Map<String, String> ASKS =
            Map.of(
                    "gateway", "/",
                    "auth", "/api/auth/me",
                    "workspaces", "/api/workspaces",
                    "terminal", "/api/terminal/panes?workspaceId=%s",
                    "orchestration", "/api/swarms?workspaceId=%s");

    private Natives() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(
                "| program | build | first answer ms (median of "
                        + STARTS
                        + ") | RSS idle MB | RSS after "
                        + REQUESTS
                        + " requests MB | file MB | build s |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|");
        table("JVM");
        table("native", "--native");
    }

    private static void table(String build, String... options)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("orchflow-bench");
        double[] ready = {0, 0};
        for (int i = 0; i < ready.length; i++) {
            long started = System.nanoTime();
            try (Orchflow orchflow = Orchflow.start(data, options).awaitReady()) {
                ready[i] = (System.nanoTime() - started) / 1e9;
                if (i == ready.length - 1) {
                    Work work = Work.inNewWorkspace(Api.signUp(orchflow), "bench");
                    for (String service : ASKS.keySet().stream().sorted().toList()) {
                        row(orchflow, work, build, service);
                    }
                    agentRow(orchflow, build);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| `up`, %s: ready after %.1f s on empty data, %.1f s the second time |%n",
                build,
                ready[0],
                ready[1]);
    }

    private static void row(Orchflow orchflow, Work work, String build, String service)
            throws IOException, InterruptedException {
        ProcessHandle running = orchflow.service(service);
        long[] starts = new long[STARTS];
        for (int i = 0; i < STARTS; i++) {
            starts[i] = startMicros(running, service);
        }
        Arrays.sort(starts);
        Thread.sleep(SETTLE_MILLIS);
        long idle = rss(running);
        String path = Objects.requireNonNull(ASKS.get(service)).formatted(work.workspaceId);
        for (int i = 0; i < REQUESTS; i++) {
            work.api.get(path).expect(200);
        }
        print(service, build, starts[STARTS / 2] / 1000.0, idle, rss(running), program(running));
    }

    /// A second one of the same command and environment, on a port of its own, until it says that
    /// it is ready; then it is killed, so that it ends nothing that the first one uses.
    private static long startMicros(ProcessHandle running, String service)
            throws IOException, InterruptedException {
        int port = freePort();
        int management = service.equals("gateway") ? freePort() : port;
        var builder = new ProcessBuilder(words(running.pid(), "cmdline"));
        builder.environment().clear();
        for (String variable : words(running.pid(), "environ")) {
            int equals = variable.indexOf('=');
            builder.environment()
                    .put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        builder.environment()
                .put("ORCHFLOW_" + service.toUpperCase(Locale.ROOT) + "_PORT", "" + port);
        builder.environment().put("ORCHFLOW_GATEWAY_MANAGEMENT_PORT", "" + management);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        long started = System.nanoTime();
        Process copy = builder.start();
        try {
            while (!isReady(management)) {
                if (!copy.isAlive() || System.nanoTime() - started > 60_000_000_000L) {
                    throw new IllegalStateException("a second " + service + " did not start");
                }
                Thread.sleep(1);
            }
            return (System.nanoTime() - started) / 1000;
        } finally {
            copy.destroyForcibly().waitFor();
        }
    }

    private static boolean isReady(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(
                            "GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            var status =
                    new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return status.endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }

    /// From the start of its process to the file that tells where it takes calls.
    private static void agentRow(Orchflow orchflow, String build) throws IOException {
        ProcessHandle agent = orchflow.workspaceAgents().findFirst().orElseThrow();
        String variable = "ORCHFLOW_WORKSPACE_RUNTIME_DIR=";
        Path endpoint =
                words(agent.pid(), "environ").stream()
                        .filter(word -> word.startsWith(variable))
                        .map(word -> Path.of(word.substring(variable.length()), "endpoint.json"))
                        .findFirst()
                        .orElseThrow();
        long since = agent.info().startInstant().orElseThrow().toEpochMilli();
        long takes = Files.getLastModifiedTime(endpoint).toMillis() - since;
        long idle = rss(agent);
        print("workspace agent", build, (double) takes, idle, idle, program(agent));
    }

    private static void print(
            String name, String build, double millis, long idle, long used, Path program)
            throws IOException {
        Path seconds = program.resolveSibling("build-seconds");
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.0f | %.0f | %s |%n",
                name,
                build,
                millis,
                idle / 1024.0,
                used / 1024.0,
                size(program) / 1e6,
                Files.exists(seconds) ? Files.readString(seconds).strip() : "");
    }

    /// A jar with its AOT cache, or an executable with the libraries beside it.
    private static long size(Path program) throws IOException {
        if (program.toString().endsWith(".jar")) {
            String name = program.getFileName().toString().replaceAll("-[0-9].*", "");
            Path cache = Orchflow.root().resolve("deploy/local/target/aot/" + name + ".aot");
            return Files.size(program) + Files.size(cache);
        }
        try (Stream<Path> files = Files.list(program.getParent())) {
            return files.filter(Files::isRegularFile)
                    .flatMapToLong(file -> LongStream.of(file.toFile().length()))
                    .sum();
        }
    }

    private static Path program(ProcessHandle process) {
        List<String> words = words(process.pid(), "cmdline");
        int jar = words.indexOf("-jar");
        return Path.of(words.get(jar + 1));
    }

    private static List<String> words(long pid, String file) {
        return List.of(Orchflow.procFile(pid, file).split("\0")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static long rss(ProcessHandle process) {
        return Orchflow.procFile(process.pid(), "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
