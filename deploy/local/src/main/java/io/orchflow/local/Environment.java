package io.orchflow.local;

import io.orchflow.embedded.Certificates;
import io.orchflow.embedded.EmbeddedKafka;
import io.orchflow.embedded.EmbeddedPostgres;
import io.orchflow.embedded.EmbeddedRedis;
import io.orchflow.embedded.Secrets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The whole environment of each service: a short list from ours, and its settings. Secrets go to
/// those that need them.
///
/// @param ports HTTP port per service
/// @param gatewayHealth port of the gateway's health checks
/// @param setupCode empty when there is an account already
/// @param programs which builds of the programs run
record Environment(
        Layout layout,
        Map<String, Integer> ports,
        int gatewayHealth,
        EmbeddedPostgres postgres,
        EmbeddedRedis redis,
        EmbeddedKafka kafka,
        Certificates certificates,
        boolean openRegistration,
        String setupCode,
        Programs programs) {
    /// Tells a start of the whole system from a restart of one service: only after the former do
    /// running swarms become paused.
    private static final String RUN = UUID.randomUUID().toString();

    /// What children get from our own environment: the way to programs, the language, and proxies
    /// for `git clone`.
    private static final List<String> INHERITED =
            List.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "LANG",
                    "LC_ALL",
                    "TZ",
                    "TMPDIR",
                    "http_proxy",
                    "https_proxy",
                    "no_proxy",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "NO_PROXY",
                    "SSL_CERT_FILE",
                    "SSL_CERT_DIR");

    /// What every child gets.
    static Map<String, String> inherited(Map<String, String> ours) {
        var environment = new HashMap<String, String>();
        for (String name : INHERITED) {
            String value = ours.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.putIfAbsent("LANG", "C.UTF-8");
        return environment;
    }

    static String localUrl(int port) {
        return "http://127.0.0.1:" + port;
    }

    String url() {
        return localUrl(port(Service.GATEWAY.name()));
    }

    int port(String service) {
        Integer port = ports.get(service);
        if (port == null) {
            throw new IllegalArgumentException("no port for " + service);
        }
        return port;
    }

    Map<String, String> of(Service service) {
        Map<String, String> environment = inherited(System.getenv());
        environment.put(service.portVariable(), Integer.toString(port(service.name())));
        environment.put("ORCHFLOW_AUTH_URL", localUrl(port("auth")));
        environment.put("ORCHFLOW_REDIS_URL", redis.url());
        environment.put("ORCHFLOW_KAFKA_BOOTSTRAP", kafka.bootstrap());
        environment.put("ORCHFLOW_KAFKA_USER", kafka.user());
        environment.put("ORCHFLOW_KAFKA_PASSWORD", kafka.password());
        environment.put("ORCHFLOW_RUNTIME_DIR", layout.runtime().toString());
        environment.put("ORCHFLOW_TLS_DIR", certificates.serviceFolder(service.name()).toString());
        if (service.database()) {
            putDatabase(environment, service);
        }
        switch (service.name()) {
            case "gateway" -> putGateway(environment);
            case "auth" -> putAuth(environment);
            case "workspaces" -> putWorkspaces(environment);
            case "orchestration" -> {
                putCatalogues(environment);
                environment.put("ORCHFLOW_PLATFORM_RUN", RUN);
                environment.put(
                        "ORCHFLOW_MODELS_SECRET", Secrets.in(layout.secrets()).get("models"));
            }
            default -> {
                return environment;
            }
        }
        return environment;
    }

    private void putDatabase(Map<String, String> environment, Service service) {
        environment.put("ORCHFLOW_POSTGRES_URL", postgres.url(EmbeddedPostgres.DATABASE));
        environment.put("ORCHFLOW_POSTGRES_JDBC_URL", postgres.jdbcUrl(EmbeddedPostgres.DATABASE));
        environment.put("ORCHFLOW_POSTGRES_USER", service.name());
        environment.put("ORCHFLOW_POSTGRES_PASSWORD", postgres.passwordOf(service.name()));
    }

    private void putGateway(Map<String, String> environment) {
        int port = port(Service.GATEWAY.name());
        environment.put("ORCHFLOW_ORIGINS", url() + ",http://localhost:" + port);
        environment.put("ORCHFLOW_GATEWAY_MANAGEMENT_PORT", Integer.toString(gatewayHealth));
        environment.put("ORCHFLOW_INTERNAL_SECRET", internalSecret());
        for (Service service : Service.BEHIND) {
            environment.put(service.urlVariable(), localUrl(port(service.name())));
        }
    }

    private void putAuth(Map<String, String> environment) {
        environment.put("ORCHFLOW_INTERNAL_SECRET", internalSecret());
        environment.put("ORCHFLOW_AUTH_KEY_SECRET", Secrets.in(layout.secrets()).get("auth-keys"));
        environment.put("ORCHFLOW_OPEN_REGISTRATION", Boolean.toString(openRegistration));
        if (!setupCode.isEmpty()) {
            environment.put("ORCHFLOW_SETUP_CODE", setupCode);
        }
    }

    private void putWorkspaces(Map<String, String> environment) {
        Path volumes = layout.data().resolve("workspaces");
        environment.put("ORCHFLOW_WORKSPACES_DIR", volumes.toString());
        putCatalogues(environment);
        environment.put("ORCHFLOW_AGENT_CA_DIR", certificates.agentAuthorityFolder().toString());
        environment.put("ORCHFLOW_JAVA", Jvm.java().toString());
        programs.find(Programs.AGENT)
                .ifPresent(
                        program -> environment.put("ORCHFLOW_AGENT_PROGRAM", program.toString()));
        environment.put("ORCHFLOW_STOP_WORKSPACES", "true");
        if (programs.training()) {
            // An agent writes its cache at its end.
            environment.put("ORCHFLOW_LOCAL_DRIVER_STOP_TIMEOUT", "120s");
            environment.put("ORCHFLOW_SUPERVISION_STOP_TIMEOUT", "150s");
        }
        environment.put(
                "ORCHFLOW_LOCAL_DRIVER_AGENT_OPTIONS", String.join(",", programs.agentOptions()));
    }

    private void putCatalogues(Map<String, String> environment) {
        environment.put("ORCHFLOW_RECIPES_DIR", layout.recipes().toString());
        environment.put("ORCHFLOW_PROFILES_DIR", layout.profiles().toString());
    }

    String internalSecret() {
        return Secrets.in(layout.secrets()).get("internal");
    }
}
