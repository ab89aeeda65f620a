package io.orchflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A packaged service under test beside the packaged workspaces service, on shared infrastructure,
/// so that it meets workspaces with real agents. To be used from the folder of its module.
public final class WorkspaceStage implements AutoCloseable {

    private static final String GRANT = "orchflow:grant:session-";
    private static final long LOOK_NANOS = 20_000_000;

    private final Map<String, String> environment;
    private final PackagedService workspaces;
    private final PackagedService service;

    /// Starts both and waits until they are ready.
    ///
    /// @param name of the service under test
    /// @param authUrl of the issuer whose tokens they take
    /// @param more of the environment of both services
    public WorkspaceStage(String name, String authUrl, Map<String, String> more) {
        var forWorkspaces = new HashMap<>(SharedInfrastructure.environment("workspaces", "true"));
        environment = new HashMap<>(SharedInfrastructure.environment(name, "true"));
        var container = Path.of("../../workspace-container").toAbsolutePath().normalize();
        var runtime = setting(forWorkspaces, "ORCHFLOW_RUNTIME_DIR");
        for (var each : List.of(forWorkspaces, environment)) {
            each.put("ORCHFLOW_AUTH_URL", authUrl);
            each.put("ORCHFLOW_RUNTIME_DIR", runtime);
            each.put("ORCHFLOW_RECIPES_DIR", container.resolve("recipes").toString());
            each.put("ORCHFLOW_PROFILES_DIR", container.resolve("profiles").toString());
            each.putAll(more);
        }
        forWorkspaces.put("ORCHFLOW_STOP_WORKSPACES", "true");
        forWorkspaces.put(
                "ORCHFLOW_AGENT_PROGRAM",
                PackagedService.runner(container.resolve("agent"), "agent")
                        .toAbsolutePath()
                        .toString());
        workspaces =
                new PackagedService(
                        "workspaces",
                        PackagedService.runner(Path.of("../workspaces"), "workspaces"),
                        forWorkspaces);
        service =
                new PackagedService(name, PackagedService.runner(Path.of("."), name), environment);
    }

    public PackagedService service() {
        return service;
    }

    public PackagedService workspaces() {
        return workspaces;
    }

    /// A setting from the environment of the service under test.
    public String setting(String name) {
        return setting(environment, name);
    }

    /// The session `session-<userId>` is good from here on.
    public void grant(String userId) {
        redis("SET", GRANT + userId, "1");
    }

    /// The session is over: its live sockets close.
    public void revoke(String userId) {
        redis("DEL", GRANT + userId);
    }

    /// @throws AssertionError with what `what` says where the condition does not come about
    public static void await(Duration atMost, BooleanSupplier condition, Supplier<String> what) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + atMost + ": " + what.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static String setting(Map<String, String> environment, String name) {
        return Objects.requireNonNull(environment.get(name), name);
    }

    /// One command in the Redis protocol (RESP), for which no client is worth while.
    private void redis(String... words) {
        var url = URI.create(setting("ORCHFLOW_REDIS_URL"));
        var password = url.getUserInfo().substring(url.getUserInfo().indexOf(':') + 1);
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            var out = socket.getOutputStream();
            out.write(command("AUTH", password));
            out.write(command(words));
            out.flush();
            var in = socket.getInputStream();
            var answer = new String(in.readNBytes(5), StandardCharsets.UTF_8);
            var kind = in.read();
            if (!answer.equals("+OK\r\n") || (kind != '+' && kind != ':')) {
                throw new IllegalStateException("Redis refused " + words[0] + ": " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Redis does not answer", e);
        }
    }

    private static byte[] command(String... words) {
        var text = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        service.close();
        workspaces.close();
    }
}
