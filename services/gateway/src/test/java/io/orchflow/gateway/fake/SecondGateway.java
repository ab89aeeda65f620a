package io.orchflow.gateway.fake;

import io.orchflow.embedded.PackagedService;
import io.orchflow.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Another replica of the packaged gateway, with the same Redis and upstreams.
public final class SecondGateway implements AutoCloseable {

    private final Process process;
    public final int port = Ports.free();

    /// @param more settings that differ from the first gateway's
    public SecondGateway(Map<String, String> more) {
        var settings = new ArrayList<String>();
        GatewaySurroundings.settings().forEach((k, v) -> settings.add("-D" + k + "=" + v));
        settings.add("-DORCHFLOW_GATEWAY_PORT=" + port);
        more.forEach((k, v) -> settings.add("-D" + k + "=" + v));
        var runner = PackagedService.runner(Path.of("."), "gateway");
        var command = PackagedService.command(runner, settings);
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    private void awaitPort() {
        var deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(deadline)) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        throw new IllegalStateException("The second gateway does not listen");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
    }
}
