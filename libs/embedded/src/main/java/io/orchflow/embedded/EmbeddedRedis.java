package io.orchflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Redis 6.2 on 127.0.0.1 with a password and an append-only file.
public final class EmbeddedRedis implements Infrastructure, AutoCloseable {
    private static final String PROGRAM = "/redis-server-6.2.6-v5-linux-amd64";
    private static final int PROBE_MILLIS = 1000;

    private final Path folder;
    private final Path program;
    private final int port;
    private final Path log;
    private final String password;
    private @Nullable Child child;

    private EmbeddedRedis(Path folder, Path program, int port, Path log, String password) {
        this.folder = folder;
        this.program = program;
        this.port = port;
        this.log = log;
        this.password = password;
    }

    public static EmbeddedRedis prepare(Path folder, int port, Path log, Secrets secrets) {
        Secrets.makePrivateFolder(folder);
        Path home =
                Packages.unpacked(
                        "redis",
                        Packages.sizeOf(PROGRAM),
                        target -> Packages.copyProgram(PROGRAM, target.resolve("redis-server")));
        var redis =
                new EmbeddedRedis(
                        folder.toAbsolutePath(),
                        home.resolve("redis-server"),
                        port,
                        log,
                        secrets.get("redis"));
        try {
            redis.configure();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare Redis in " + folder, e);
        }
        return redis;
    }

    /// Prepares, starts and waits; a free port, secrets in `folder/secrets`.
    public static EmbeddedRedis start(Path folder) {
        var redis =
                prepare(
                        folder,
                        Ports.free(),
                        folder.resolve("redis.log"),
                        Secrets.in(folder.resolve("secrets")));
        redis.child = redis.startAndAwait(Duration.ofSeconds(20));
        return redis;
    }

    /// `redis://:password@127.0.0.1:port`
    public String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    @Override
    public ChildSpec child() {
        return new ChildSpec(
                "redis",
                List.of(),
                List.of(program.toString(), folder.resolve("redis.conf").toString()),
                Map.of("PATH", "/usr/bin:/bin"),
                folder,
                log,
                ChildSpec.Stop.TERM,
                Duration.ofSeconds(10));
    }

    @Override
    public boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            socket.setSoTimeout(PROBE_MILLIS);
            socket.getOutputStream()
                    .write(
                            ("AUTH " + password + "\r\nPING\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return answer.equals("+OK\r\n+PONG\r\n");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }

    private void configure() throws IOException {
        Secrets.writePrivate(
                folder.resolve("redis.conf"),
                """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir .
                appendonly yes
                appendfsync everysec
                save ""
                daemonize no
                maxmemory 256mb
                maxmemory-policy noeviction
                """
                        .formatted(port, password));
    }
}
