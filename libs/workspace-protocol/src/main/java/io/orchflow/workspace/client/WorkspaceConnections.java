package io.orchflow.workspace.client;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.orchflow.workspace.v1.DescribeRequest;
import io.orchflow.workspace.v1.WorkspaceAgentGrpc;
import io.orchflow.workspace.v1.WorkspaceDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Channels to workspace agents, one per workspace, by mutual TLS. An agent that has started anew
/// gets a new channel; the old one ends. Safe for any number of threads.
public final class WorkspaceConnections implements AutoCloseable {
    private static final int MAX_MESSAGE = 8 * 1024 * 1024;
    private static final int DESCRIBE_SECONDS = 2;

    private final Path runtime;
    private final Path certificate;
    private final Path key;
    private final X509ExtendedTrustManager authority;
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    private record Connection(
            WorkspaceEndpoint endpoint, ManagedChannel channel, AgentTrust trust) {}

    /// @param service whose certificate is shown: `<service>.crt` and `<service>.key` (PEM, PKCS#8)
    ///     lie in the TLS folder beside `ca.crt`
    /// @param runtime holds `ws/<workspaceId>/endpoint.json`
    /// @throws IllegalStateException the TLS folder is incomplete or not readable
    public WorkspaceConnections(String service, Path tls, Path runtime) {
        this.runtime = runtime;
        this.certificate = tls.resolve(service + ".crt");
        this.key = tls.resolve(service + ".key");
        this.authority = trustIn(tls.resolve("ca.crt"));
    }

    private static X509ExtendedTrustManager trustIn(Path authority) {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int n = 0;
            for (var c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + n++, c);
            }
            var factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate authority in " + authority, e);
        }
    }

    /// The channel to a workspace's agent. Calls on it fail with UNAVAILABLE when the agent goes;
    /// then connect again.
    ///
    /// @throws WorkspaceUnreachable no agent of that workspace has announced itself
    public ManagedChannel connect(String workspaceId) throws WorkspaceUnreachable {
        return connection(workspaceId).channel();
    }

    /// Whether an agent has announced itself and not said good-bye; a killed one has not.
    public boolean announced(String workspaceId) {
        return WorkspaceEndpoint.read(runtime, workspaceId).isPresent();
    }

    private Connection connection(String workspaceId) throws WorkspaceUnreachable {
        WorkspaceEndpoint endpoint =
                WorkspaceEndpoint.read(runtime, workspaceId)
                        .orElseThrow(
                                () ->
                                        new WorkspaceUnreachable(
                                                workspaceId, "no agent has announced itself"));
        Connection connection =
                connections.compute(
                        workspaceId,
                        (_, known) -> {
                            if (known != null && known.endpoint().equals(endpoint)) {
                                return known;
                            }
                            if (known != null) {
                                known.channel().shutdownNow();
                            }
                            return open(endpoint);
                        });
        if (connection == null) {
            throw new WorkspaceUnreachable(workspaceId, "no connection");
        }
        return connection;
    }

    private Connection open(WorkspaceEndpoint endpoint) {
        var trust = new AgentTrust(authority, endpoint.workspaceId());
        try {
            SslContext context =
                    GrpcSslContexts.forClient()
                            .trustManager(trust)
                            .keyManager(certificate.toFile(), key.toFile())
                            .build();
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", endpoint.port())
                            .overrideAuthority(endpoint.workspaceId() + ".ws.orchflow")
                            .sslContext(context)
                            .maxInboundMessageSize(MAX_MESSAGE)
                            .build();
            return new Connection(endpoint, channel, trust);
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalStateException("the service's own certificate " + certificate, e);
        }
    }

    /// Asks the agent itself; its certificate proves workspace and team.
    ///
    /// @throws WorkspaceUnreachable no agent, no answer within 2 s, or one that cannot prove who it
    ///     is
    public WorkspaceRecord describe(String workspaceId) throws WorkspaceUnreachable {
        Connection connection = connection(workspaceId);
        try {
            WorkspaceDescription d =
                    WorkspaceAgentGrpc.newBlockingStub(connection.channel())
                            .withDeadlineAfter(DESCRIBE_SECONDS, TimeUnit.SECONDS)
                            .describe(DescribeRequest.getDefaultInstance());
            String teamId = connection.trust().teamId().getNow("");
            return new WorkspaceRecord(
                    workspaceId, teamId, "RUNNING", isolationName(d.getIsolation()));
        } catch (StatusRuntimeException e) {
            throw new WorkspaceUnreachable(workspaceId, String.valueOf(e.getMessage()));
        }
    }

    private static String isolationName(io.orchflow.workspace.v1.Isolation isolation) {
        return switch (isolation) {
            case ISOLATION_NONE, ISOLATION_UNSPECIFIED, UNRECOGNIZED -> "none";
            case ISOLATION_NAMESPACES -> "namespaces";
            case ISOLATION_CONTAINER -> "container";
            case ISOLATION_KUBERNETES -> "kubernetes";
        };
    }

    /// Ends every channel; calls under way fail with UNAVAILABLE.
    @Override
    public void close() {
        connections.values().forEach(c -> c.channel().shutdownNow());
        connections.clear();
    }
}
