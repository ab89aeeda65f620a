package io.orchflow.workspaces;

import io.orchflow.embedded.Child;
import io.orchflow.embedded.ChildSpec;
import io.orchflow.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The packaged service as a process that a test may kill and start again.
public final class PackagedService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Path jar;
    private final Map<String, String> environment;
    private final int port = Ports.free();
    private Child child;

    public PackagedService(String name, Path jar, Map<String, String> environment) {
        this.name = name;
        this.jar = jar;
        this.environment = new HashMap<>(environment);
        this.environment.put("PATH", System.getenv("PATH"));
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
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var started =
                Child.start(
                        new ChildSpec(
                                name,
                                List.of(),
                                List.of(
                                        java,
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Xmx192m",
                                        "-jar",
                                        jar.toAbsolutePath().toString()),
                                environment,
                                Path.of("target"),
                                Path.of("target", name + "-it.log"),
                                ChildSpec.Stop.TERM,
                                PATIENCE));
        awaitReady(started);
        return started;
    }

    private void awaitReady(Child started) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                started.close();
                throw new IllegalStateException(name + " did not become ready: " + log());
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

    private static String log() {
        return "see target/*-it.log";
    }

    @Override
    public void close() {
        stop();
    }

    /// A file that a build of this module leaves in `target`.
    public static Path runner(Path module, String artifact) {
        var jar = module.resolve("target").resolve(artifact + "-0.1.0-SNAPSHOT-runner.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: package that module first");
        }
        return jar;
    }
}
