package io.orchflow.agent.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.orchflow.agent.workspace.DurableFiles;
import io.orchflow.agent.workspace.Epoch;
import io.orchflow.agent.workspace.WorkspaceConfig;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The agent's only door: gRPC with mutual TLS on a free loopback port, told in `endpoint.json`.
/// Serves every bean that is an [AgentService]; every call runs on virtual threads, so methods
/// may block.
@Singleton
public class AgentServer {

    private static final int WINDOW_BYTES = 1 << 20;
    private static final int MAX_MESSAGE_BYTES = 32 << 20;
    private static final long END_SECONDS = 2;

    private final List<AgentService> services;
    private final WorkspaceConfig config;
    private final Epoch epoch;
    private final ObjectMapper mapper;
    private final Path tls;
    private final String teamId;
    private @Nullable Server server;

    AgentServer(
            @All List<AgentService> services,
            WorkspaceConfig config,
            Epoch epoch,
            ObjectMapper mapper,
            @ConfigProperty(name = "orchflow.agent.tls.dir") Path tls,
            @ConfigProperty(name = "orchflow.team.id") String teamId) {
        this.services = services;
        this.config = config;
        this.epoch = epoch;
        this.mapper = mapper;
        this.tls = tls;
        this.teamId = teamId;
    }

    /// Accepts connections when this returns, and says so in `endpoint.json`.
    public void start() throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(loopback)
                        .sslContext(sslContext())
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .flowControlWindow(WINDOW_BYTES)
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .permitKeepAliveTime(5, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        // The last one added is the first one asked.
                        .intercept(new Failures())
                        .intercept(new CallerCheck());
        services.forEach(builder::addService);
        server = builder.build().start();
        announce(server.getPort());
    }

    /// Takes the endpoint back, ends every call and the listener.
    public void stop() throws IOException {
        if (server == null) {
            return;
        }
        Files.deleteIfExists(endpoint());
        server.shutdown();
        try {
            if (!server.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        }
    }

    private SslContext sslContext() throws IOException {
        return GrpcSslContexts.forServer(
                        tls.resolve("agent.crt").toFile(), tls.resolve("agent.key").toFile())
                .trustManager(tls.resolve("ca.crt").toFile())
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }

    private void announce(int port) throws IOException {
        Map<String, Object> endpoint = new TreeMap<>();
        endpoint.put("workspaceId", config.id());
        endpoint.put("teamId", teamId);
        endpoint.put("port", port);
        endpoint.put("epoch", epoch.number());
        DurableFiles.replace(endpoint(), mapper.writeValueAsBytes(endpoint));
    }

    private Path endpoint() {
        return config.runtimeDir().resolve("endpoint.json");
    }
}
