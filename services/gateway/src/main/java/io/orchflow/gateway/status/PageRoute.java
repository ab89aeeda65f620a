package io.orchflow.gateway.status;

import io.orchflow.gateway.edge.Answers;
import io.orchflow.problem.Problems;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// The app's page at every path that is no file, and the boot page in its place until all services
/// have been ready once. Files themselves are served by Quarkus.
@ApplicationScoped
class PageRoute {

    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final ServiceProbe probe;

    PageRoute(ServiceProbe probe) {
        this.probe = probe;
    }

    void register(@Observes Router router) {
        router.route("/q/*").order(-20).handler(PageRoute::nothing);
        reading(router.route("/")).order(-20).handler(this::page);
        reading(router.route("/index.html")).order(-20).handler(this::page);
        reading(router.route("/*")).order(-20).handler(PageRoute::cacheControl);
        reading(router.route("/*")).last().handler(this::fallback);
    }

    private static Route reading(Route route) {
        return route.method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void fallback(RoutingContext context) {
        var accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("text/html")) {
            page(context);
        } else {
            nothing(context);
        }
    }

    private void page(RoutingContext context) {
        var page = probe.wasReady() ? Pages.APP.orElse(Pages.BOOT) : Pages.BOOT;
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(
                        HttpHeaders.CACHE_CONTROL,
                        page.equals(Pages.BOOT) ? "no-store" : "no-cache")
                .putHeader("Content-Security-Policy", page.policy())
                .end(page.html());
    }

    private static void nothing(RoutingContext context) {
        Answers.fail(context, Problems.notFound("page", context.normalizedPath()));
    }

    /// Quarkus marks every file immutable; only those are that carry a digest in their name.
    private static void cacheControl(RoutingContext context) {
        var digested = context.normalizedPath().startsWith("/_app/immutable/");
        context.addHeadersEndHandler(
                _ -> {
                    var headers = context.response().headers();
                    if (headers.contains(HttpHeaders.CACHE_CONTROL)
                            && headers.get(HttpHeaders.CACHE_CONTROL).contains("immutable")) {
                        headers.set(HttpHeaders.CACHE_CONTROL, digested ? FOREVER : "no-cache");
                    }
                });
        context.next();
    }
}
