package io.orchflow.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A packaged service as a process that a test may kill and start again, on the port it had. Its
/// log
/// lies in `target/<name>-it.log`.
public final class PackagedService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Path runner;
    private final Map<String, String> environment;
    private final int port = Ports.free();
    private Child child;

    /// Starts it and waits until it is ready, for a minute at most.
    ///
    /// @param runner what [#runner] gives
    /// @param environment what [SharedInfrastructure#environment] gives, and more
    /// @throws IllegalStateException it ended, or did not become ready
    public PackagedService(String name, Path runner, Map<String, String> environment) {
        this.name = name;
        this.runner = runner;
        this.environment = new HashMap<>(environment);
        this.environment.put(
                "PATH", Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin"));
        this.environment.put(
                "ORCHFLOW_" + name.toUpperCase(Locale.ROOT) + "_PORT", Integer.toString(port));
        child = start();
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /// SIGKILL.
    public void kill() {
        child.kill();
        child.exit().join();
    }

    /// SIGTERM, and waits for its end.
    public void stop() {
        child.close();
    }

    public void startAgain() {
        child = start();
    }

    private Child start() {
        var started =
                Child.start(
                        new ChildSpec(
                                name,
                                List.of(),
                                command(runner, List.of()),
                                environment,
                                Path.of("target"),
                                log(),
                                ChildSpec.Stop.TERM,
                                PATIENCE));
        awaitReady(started);
        return started;
    }

    /// How a packaged program is started: a jar on this JVM, an executable as it is.
    ///
    /// @param runner what [#runner] gives
    /// @param settings `-Dname=value`
    public static List<String> command(Path runner, List<String> settings) {
        var file = runner.toAbsolutePath().toString();
        var command = new ArrayList<String>();
        if (file.endsWith(".jar")) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            command.addAll(settings);
            command.addAll(List.of("-Xmx192m", "-jar", file));
        } else {
            command.addAll(List.of(file, "-Xmx192m"));
            command.addAll(settings);
        }
        return command;
    }

    private void awaitReady(Child started) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                started.close();
                throw new IllegalStateException(
                        name + " did not become ready: " + LastLines.of(log(), 12));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean ready() {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url() + "/q/health/ready")).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path log() {
        return Path.of("target", name + "-it.log");
    }

    @Override
    public void close() {
        stop();
    }

    /// What packaging a module made: the native executable in the folder that the system property
    /// `orchflow.native` names, else the uber jar in its `target`.
    ///
    /// @throws IllegalStateException it was not packaged
    public static Path runner(Path module, String artifact) {
        var runner =
                executable(artifact)
                        .orElseGet(
                                () ->
                                        module.resolve("target")
                                                .resolve(artifact + "-0.1.0-SNAPSHOT-runner.jar"));
        if (!Files.exists(runner)) {
            throw new IllegalStateException(runner + " is missing: package that module first");
        }
        return runner;
    }

    /// A native executable in the folder that the system property `orchflow.native` names; empty
    /// where tests are to run on jars.
    static Optional<Path> executable(String name) {
        var executables = System.getProperty("orchflow.native", "");
        return executables.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(executables, name, "orchflow-" + name));
    }
}
