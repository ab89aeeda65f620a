package io.orchflow.gateway.session;

import io.orchflow.gateway.edge.Answers;
import io.orchflow.gateway.edge.Blocking;
import io.orchflow.gateway.edge.Edge;
import io.orchflow.gateway.edge.OriginRule;
import io.orchflow.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// `POST /api/auth/logout`: sessions are the gateway's, so it ends them itself. Doing it twice, or
/// without a session, is no error.
@ApplicationScoped
class LogoutRoute {

    private final Vertx vertx;
    private final Edge edge;
    private final Sessions sessions;

    LogoutRoute(Vertx vertx, Edge edge, Sessions sessions) {
        this.vertx = vertx;
        this.edge = edge;
        this.sessions = sessions;
    }

    void register(@Observes Router router) {
        router.post("/api/auth/logout").order(-20).handler(this::logout);
    }

    private void logout(RoutingContext context) {
        var request = context.request();
        try {
            edge.originRule().check(claim(context));
        } catch (ProblemException e) {
            Answers.fail(context, e);
            return;
        }
        request.pause();
        Blocking.call(vertx, () -> closed(context))
                .onSuccess(_ -> answer(context))
                .onFailure(e -> Answers.fail(context, e));
    }

    private static OriginRule.Claim claim(RoutingContext context) {
        var request = context.request();
        return new OriginRule.Claim(
                request.method().name(),
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader("Sec-Fetch-Site"),
                SessionCookie.sent(request),
                false);
    }

    private boolean closed(RoutingContext context) {
        sessions.close(context.request());
        return true;
    }

    private void answer(RoutingContext context) {
        context.request().resume();
        context.response()
                .setStatusCode(204)
                .putHeader(HttpHeaders.SET_COOKIE, SessionCookie.cleared(edge.origins()))
                .end();
    }
}
