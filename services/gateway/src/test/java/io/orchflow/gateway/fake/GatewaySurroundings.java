package io.orchflow.gateway.fake;

import io.orchflow.embedded.EmbeddedRedis;
import io.orchflow.embedded.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Real Redis and small upstreams for the gateway under test.
public final class GatewaySurroundings implements QuarkusTestResourceLifecycleManager {

    private static @Nullable EmbeddedRedis redis;
    private static final Map<String, String> SETTINGS = new HashMap<>();

    @Override
    public Map<String, String> start() {
        return settings();
    }

    /// The settings of the gateway under test, for a second one beside it.
    public static synchronized Map<String, String> settings() {
        if (redis == null) {
            try {
                redis = EmbeddedRedis.start(Files.createTempDirectory("gw"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var services = FakeServices.start();
            var port = String.valueOf(Ports.free());
            SETTINGS.put("ORCHFLOW_GATEWAY_PORT", port);
            SETTINGS.put("ORCHFLOW_ORIGINS", "http://127.0.0.1:" + port);
            SETTINGS.put("ORCHFLOW_REDIS_URL", redis.url());
            SETTINGS.put("ORCHFLOW_INTERNAL_SECRET", FakeAuth.SECRET);
            SETTINGS.put("ORCHFLOW_AUTH_URL", url(services.authPort));
            SETTINGS.put("ORCHFLOW_WORKSPACES_URL", url(services.workspacesPort));
            SETTINGS.put("ORCHFLOW_TERMINAL_URL", url(services.terminalPort));
            SETTINGS.put("ORCHFLOW_ORCHESTRATION_URL", url(services.orchestrationPort));
            SETTINGS.put("orchflow.gateway.limits.address-burst", "20000");
            SETTINGS.put("orchflow.gateway.limits.principal-burst", "20000");
        }
        return Map.copyOf(SETTINGS);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void stop() {
        // shared by all test classes; ends with the JVM
    }
}
