package io.orchflow.gateway.edge;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The origins of this process and the rule made of them.
@ApplicationScoped
public class Edge {

    private final Origins origins;
    private final OriginRule rule;

    Edge(GatewayConfig config, @ConfigProperty(name = "quarkus.http.port") int port) {
        origins = new Origins(config.origins(), port);
        rule = new OriginRule(origins);
    }

    public Origins origins() {
        return origins;
    }

    public OriginRule originRule() {
        return rule;
    }
}
