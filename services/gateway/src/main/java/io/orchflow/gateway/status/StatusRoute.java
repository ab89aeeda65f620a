package io.orchflow.gateway.status;

import io.orchflow.gateway.edge.Answers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// `GET /api/status`, open to everybody: `{state: "starting"|"ready"|"degraded", services: [{name,
/// ready, since}], page}`. Degraded: all were ready once, and one is not now. `page` says whether
/// this
/// build holds the app.
@ApplicationScoped
class StatusRoute {

    private final ServiceProbe probe;

    StatusRoute(ServiceProbe probe) {
        this.probe = probe;
    }

    void register(@Observes Router router) {
        router.get("/api/status").order(-20).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        List<Map<String, Object>> services =
                probe.services().stream().map(StatusRoute::member).toList();
        var state = probe.ready() ? "ready" : probe.wasReady() ? "degraded" : "starting";
        Answers.json(
                context,
                200,
                Map.of("state", state, "services", services, "page", Pages.APP.isPresent()));
    }

    private static Map<String, Object> member(ServiceStatus status) {
        return Map.of(
                "name", status.name(),
                "ready", status.ready(),
                "since", status.since().truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
