package io.orchflow.gateway.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Settings of the one origin.
@ConfigMapping(prefix = "orchflow.gateway")
public interface GatewayConfig {

    /// Origins on which people reach us, such as `https://flow.example.org`; the first is the
    /// canonical one.
    List<URI> origins();

    /// Shared with auth only: proves that an exchange call comes from a gateway.
    String internalSecret();

    /// Base URL of each service, by its name.
    Map<String, URI> upstreams();

    Limits limits();

    /// Time limits towards services.
    @WithDefault("2s")
    Duration connectTimeout();

    /// How long a service may take to the first byte of its answer.
    @WithDefault("120s")
    Duration answerTimeout();

    /// How much one client may ask for. Rates are sustained requests per second; bursts come on
    /// top.
    interface Limits {

        /// Bytes of a JSON body.
        @WithDefault("2097152")
        long bodyBytes();

        /// Bytes of a body for auth, which is small and asked for without a credential.
        @WithDefault("65536")
        long authBodyBytes();

        /// Bytes of an uploaded file.
        @WithDefault("536870912")
        long uploadBytes();

        @WithDefault("200")
        int principalRate();

        @WithDefault("2000")
        int principalBurst();

        /// Per address, for requests without a good credential and for WebSocket handshakes.
        @WithDefault("50")
        int addressRate();

        @WithDefault("1000")
        int addressBurst();
    }
}
