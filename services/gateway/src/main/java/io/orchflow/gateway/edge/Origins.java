package io.orchflow.gateway.edge;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The hosts and origins under which this gateway answers (RFC 6454 origins, compared as text after
/// lower-casing). Loopback names are known on the same port; they count as origins only where a
/// configured origin is a loopback one itself.
public final class Origins {

    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

    private final URI canonical;
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> origins = new HashSet<>();

    /// @param configured absolute http(s) URLs without a path; the first is canonical
    /// @param port the port that this process listens on
    public Origins(List<URI> configured, int port) {
        if (configured.isEmpty()) {
            throw new IllegalArgumentException("ORCHFLOW_ORIGINS names no origin");
        }
        canonical = configured.getFirst();
        configured.forEach(this::add);
        LOOPBACK.forEach(name -> hosts.add(authority("http", name, port)));
    }

    private void add(URI origin) {
        var scheme = origin.getScheme();
        var host = origin.getHost();
        if (host == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("Not an http(s) origin: " + origin);
        }
        var authority = authority(scheme, host, origin.getPort());
        hosts.add(authority);
        origins.add(scheme + "://" + authority);
        if (LOOPBACK.contains(host.toLowerCase(Locale.ROOT))) {
            LOOPBACK.forEach(
                    name -> {
                        hosts.add(authority(scheme, name, origin.getPort()));
                        origins.add(scheme + "://" + authority(scheme, name, origin.getPort()));
                    });
        }
    }

    private static String authority(String scheme, String host, int port) {
        var usual = "https".equals(scheme) ? 443 : 80;
        var name = host.toLowerCase(Locale.ROOT);
        return port < 0 || port == usual ? name : name + ":" + port;
    }

    /// @param authority the `Host` header
    public boolean knowsHost(@Nullable String authority) {
        return authority != null && hosts.contains(authority.toLowerCase(Locale.ROOT));
    }

    public boolean knows(String origin) {
        return origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    public URI canonical() {
        return canonical;
    }

    /// Whether cookies carry `Secure`.
    public boolean secure() {
        return "https".equals(canonical.getScheme());
    }
}
