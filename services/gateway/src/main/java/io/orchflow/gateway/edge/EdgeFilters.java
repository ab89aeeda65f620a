package io.orchflow.gateway.edge;

import io.orchflow.problem.Correlation;
import io.orchflow.problem.Problem;
import io.orchflow.problem.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs before any routing: correlation id, headers of every answer, host, shape of the path.
@ApplicationScoped
class EdgeFilters {

    private static final int FIRST = 10_000;
    private static final Pattern CORRELATION = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern DOT_SEGMENT =
            Pattern.compile("(^|/)(\\.|%2e){1,2}(/|$)|\\\\|%5c|%00", Pattern.CASE_INSENSITIVE);

    private final Edge edge;

    EdgeFilters(Edge edge) {
        this.edge = edge;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, FIRST);
    }

    private void admit(RoutingContext context) {
        var request = context.request();
        var correlationId = correlationId(request.getHeader(Correlation.HEADER));
        request.headers().set(Correlation.HEADER, correlationId);
        context.addHeadersEndHandler(_ -> addHeaders(context.response().headers(), correlationId));
        if (!edge.origins().knowsHost(host(request))) {
            Answers.send(context, misdirected(request));
        } else if (malformed(request.path())) {
            Answers.fail(
                    context,
                    Problems.badInput("path", "malformed", "The path has dot segments in it."));
        } else {
            context.next();
        }
    }

    private static String correlationId(@Nullable String offered) {
        return offered != null && CORRELATION.matcher(offered).matches()
                ? offered
                : UUID.randomUUID().toString();
    }

    /// The one authority that a request names; absent where it names none, or several.
    private static @Nullable String host(HttpServerRequest request) {
        if (request.uri().isEmpty() || request.uri().charAt(0) != '/') {
            return null;
        }
        List<String> hosts = request.headers().getAll("Host");
        if (hosts.size() > 1) {
            return null;
        }
        var authority = request.authority();
        return hosts.isEmpty()
                ? (authority == null ? null : authority.toString())
                : hosts.getFirst();
    }

    private static boolean malformed(@Nullable String path) {
        return path == null || DOT_SEGMENT.matcher(path).find();
    }

    private static Problem misdirected(HttpServerRequest request) {
        var host = String.valueOf(request.getHeader("Host")).toLowerCase(Locale.ROOT);
        var shown = host.length() > 100 ? host.substring(0, 100) + "…" : host;
        return new Problem(
                "misdirected",
                421,
                "Misdirected request",
                "The host "
                        + shown
                        + " is not served here; ORCHFLOW_ORIGINS names those that are.");
    }

    private void addHeaders(MultiMap headers, String correlationId) {
        headers.set(Correlation.HEADER, correlationId);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set(
                "Permissions-Policy",
                "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=(),"
                        + " clipboard-read=(self), clipboard-write=(self)");
        if (edge.origins().secure()) {
            headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        if (!headers.contains("Content-Security-Policy")) {
            headers.set("Content-Security-Policy", ContentSecurityPolicy.DATA);
        }
    }
}
