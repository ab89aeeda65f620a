package io.orchflow.gateway.status;

import io.orchflow.gateway.edge.Answers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /api/status`, open to everybody: `{state: "starting"|"ready"|"degraded", services: [{name,
/// ready, since}], page}`. Degraded: all were ready once, and one is not now. `page` names the
/// build of the app that this gateway holds; absent where it holds none. Answered from what the
/// probe saw last, so that it asks nobody, however many tabs poll it.
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
        var body = new LinkedHashMap<String, Object>();
        body.put("state", state);
        body.put("services", services);
        Pages.APP.ifPresent(page -> body.put("page", page.digest()));
        Answers.json(context, 200, body);
    }

    private static Map<String, Object> member(ServiceStatus status) {
        return Map.of(
                "name", status.name(),
                "ready", status.ready(),
                "since", status.since().truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
