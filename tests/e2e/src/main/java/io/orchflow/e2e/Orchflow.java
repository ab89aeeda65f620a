package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One running `./orchflow up`.
public final class Orchflow implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);
    private static final Pattern READY = Pattern.compile("ready: (http\\S+)");
    private static final Pattern CODE = Pattern.compile("first sign-in: \\S+#code=(\\S+)");

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    public final Path data;

    private Orchflow(Process process, Path data) {
        this.process = process;
        this.data = data;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /// Starts it on a free port; returns at once.
    public static Orchflow start(Path data, String... options) {
        return start(data, Map.of(), options);
    }

    /// Starts it with Kafka left out for a while.
    public static Orchflow startWithoutKafka(Path data, Duration delay) {
        return start(data, Map.of("ORCHFLOW_KAFKA_DELAY", Long.toString(delay.toSeconds())));
    }

    /// @param environment besides what this process has
    public static Orchflow start(Path data, Map<String, String> environment, String... options) {
        var command =
                new ArrayList<>(
                        List.of("./orchflow", "up", "--port", "0", "--data", data.toString()));
        if (System.getProperty("orchflow.native") != null) {
            command.add("--native");
        }
        command.addAll(List.of(options));
        try {
            var builder =
                    new ProcessBuilder(command)
                            .directory(root().toFile())
                            .redirectErrorStream(true);
            builder.environment().putAll(environment);
            return new Orchflow(builder.start(), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path root() {
        return Path.of(System.getProperty("orchflow.root", "../..")).toAbsolutePath().normalize();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
    }

    public Orchflow awaitReady() {
        Await.until("ready", START, () -> find(READY).isPresent() || !process.isAlive(), this::log);
        assertThat(find(READY)).as(log()).isPresent();
        return this;
    }

    private Optional<String> find(Pattern pattern) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .findFirst();
    }

    public URI url() {
        return URI.create(find(READY).orElseThrow(() -> new AssertionError(log())));
    }

    /// Of the first sign-in.
    public String code() {
        Await.until("the sign-in code", Duration.ofSeconds(5), () -> find(CODE).isPresent());
        return find(CODE).orElseThrow();
    }

    /// Of the launcher.
    public long pid() {
        return process.pid();
    }

    public String log() {
        return String.join("\n", lines);
    }

    /// The live process of a service, by the jar or the executable it runs.
    public ProcessHandle service(String name) {
        return services(name)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process of " + name + "\n" + log()));
    }

    public Stream<ProcessHandle> services(String name) {
        return ProcessHandle.allProcesses()
                .filter(p -> isOurs(p) && runs(p, "/services/" + name + "/", name));
    }

    /// The live agent processes of workspaces.
    public Stream<ProcessHandle> workspaceAgents() {
        return ProcessHandle.allProcesses()
                .filter(
                        p ->
                                runs(p, "/workspace-container/agent/", "agent")
                                        && environment(p).contains(data.toString()));
    }

    private static boolean runs(ProcessHandle process, String module, String executable) {
        String command = commandLine(process);
        return command.contains(module) || command.contains("/orchflow-" + executable + " ");
    }

    /// The broker; none while it is left out.
    public Optional<ProcessHandle> kafka() {
        String settings = data.resolve("kafka") + "/server.properties";
        return ProcessHandle.allProcesses()
                .filter(p -> commandLine(p).contains(settings))
                .findFirst();
    }

    /// The launcher and everything below it, workspace agents included.
    public List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.pid() == process.pid() || isOurs(p) || mentionsData(p))
                .toList();
    }

    private boolean mentionsData(ProcessHandle p) {
        return p.pid() != ProcessHandle.current().pid()
                && (commandLine(p).contains(data.toString())
                        || environment(p).contains(data.toString()));
    }

    private boolean isOurs(ProcessHandle p) {
        return process.descendants().anyMatch(d -> d.pid() == p.pid());
    }

    public static String commandLine(ProcessHandle process) {
        return procFile(process.pid(), "cmdline").replace('\0', ' ');
    }

    public static String environment(ProcessHandle process) {
        return procFile(process.pid(), "environ");
    }

    /// Empty when the process is gone.
    public static String procFile(long pid, String name) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(pid), name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /// Every process on this machine that has to do with this installation.
    public List<String> leftovers() {
        return ProcessHandle.allProcesses()
                .filter(this::mentionsData)
                .map(p -> p.pid() + " " + commandLine(p))
                .toList();
    }

    public void terminate() {
        // Process.destroy() would close its output, and its last lines be lost.
        process.toHandle().destroy();
        try {
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("ended by SIGTERM").isTrue();
            reader.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }
}
