package io.orchflow.gateway.status;

import io.orchflow.gateway.edge.ContentSecurityPolicy;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file of this build, as it is and as the build packed it.
///
/// @param digest of the unpacked bytes, 32 hexadecimal digits
/// @param policy its Content-Security-Policy
record Asset(String type, String digest, String policy, Map<Encoding, Buffer> bodies) {

    private static final String OTHER = "application/octet-stream";
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("woff2", "font/woff2"));

    /// @param resource its path on the class path
    static Optional<Asset> load(String resource) {
        var bodies = new EnumMap<Encoding, Buffer>(Encoding.class);
        for (var encoding : Encoding.values()) {
            read(resource + encoding.suffix()).ifPresent(body -> bodies.put(encoding, body));
        }
        var plain = bodies.get(Encoding.IDENTITY);
        if (plain == null) {
            return Optional.empty();
        }
        var type = type(resource);
        return Optional.of(new Asset(type, digest(plain), policy(type, plain), Map.copyOf(bodies)));
    }

    /// The smallest form that the client takes.
    Encoding choose(@Nullable String acceptEncoding) {
        for (var encoding : Encoding.values()) {
            if (bodies.containsKey(encoding) && encoding.accepted(acceptEncoding)) {
                return encoding;
            }
        }
        return Encoding.IDENTITY;
    }

    Buffer body(Encoding encoding) {
        var body = bodies.get(encoding);
        if (body == null) {
            throw new IllegalArgumentException("Not packed as " + encoding);
        }
        return body;
    }

    /// A strong validator (RFC 9110, 8.8.3): every form has its own.
    String etag(Encoding encoding) {
        var form = encoding == Encoding.IDENTITY ? "" : "-" + encoding.coding();
        return "\"" + digest + form + "\"";
    }

    private static String type(String resource) {
        var extension = resource.substring(resource.lastIndexOf('.') + 1);
        return TYPES.getOrDefault(extension, OTHER);
    }

    private static String policy(String type, Buffer plain) {
        if (type.startsWith("text/html")) {
            return ContentSecurityPolicy.ofPage(plain.toString(StandardCharsets.UTF_8));
        }
        return type.startsWith("text/javascript")
                ? ContentSecurityPolicy.WORKER
                : ContentSecurityPolicy.DATA;
    }

    private static Optional<Buffer> read(String resource) {
        var loader = Thread.currentThread().getContextClassLoader();
        try (var in = loader.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(Buffer bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes.getBytes());
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
