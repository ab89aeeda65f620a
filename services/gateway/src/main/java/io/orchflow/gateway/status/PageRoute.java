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
/// have been ready once. [AssetRoute] serves the files themselves.
@ApplicationScoped
class PageRoute {

    private final ServiceProbe probe;

    PageRoute(ServiceProbe probe) {
        this.probe = probe;
    }

    void register(@Observes Router router) {
        router.route("/q/*").order(-20).handler(PageRoute::nothing);
        reading(router.route("/")).order(-20).handler(this::page);
        reading(router.route("/index.html")).order(-20).handler(this::page);
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
        var app = Pages.APP.filter(_ -> probe.wasReady());
        AssetAnswer.give(
                context, app.orElse(Pages.BOOT), app.isPresent() ? "no-cache" : "no-store");
    }

    private static void nothing(RoutingContext context) {
        Answers.fail(context, Problems.notFound("page", context.normalizedPath()));
    }
}
