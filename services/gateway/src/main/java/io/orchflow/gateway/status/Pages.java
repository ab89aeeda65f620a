package io.orchflow.gateway.status;

import io.orchflow.gateway.edge.ContentSecurityPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The two pages that this build holds, each with the policy that fits its scripts.
final class Pages {

    record Page(String html, String policy) {}

    static final Page BOOT = load("boot/index.html").orElseThrow();
    static final Optional<Page> APP = load("META-INF/resources/index.html");

    private Pages() {}

    private static Optional<Page> load(String resource) {
        var loader = Thread.currentThread().getContextClassLoader();
        try (var in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            var html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(new Page(html, ContentSecurityPolicy.ofPage(html)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
