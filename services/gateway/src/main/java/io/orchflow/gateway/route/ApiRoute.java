package io.orchflow.gateway.route;

import io.orchflow.gateway.edge.Answers;
import io.orchflow.gateway.edge.Blocking;
import io.orchflow.gateway.edge.Edge;
import io.orchflow.gateway.edge.GatewayConfig;
import io.orchflow.gateway.edge.OriginRule;
import io.orchflow.gateway.idempotency.StoredAnswer;
import io.orchflow.gateway.session.Principal;
import io.orchflow.gateway.session.SessionCookie;
import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Everything below `/api/` that a service answers.
@ApplicationScoped
class ApiRoute {

    /// How much of a body that is too long is read and thrown away, so that its sender gets to read
    /// the answer; beyond that the connection is cut.
    private static final long DRAINED_BYTES = 64L * 1024 * 1024;

    private final Vertx vertx;
    private final Edge edge;
    private final Callers callers;
    private final HttpForwarder forwarder;
    private final IdempotentForwarder idempotent;
    private final SocketTunnel tunnel;
    private final GatewayConfig.Limits limits;

    ApiRoute(
            Vertx vertx,
            Edge edge,
            Callers callers,
            HttpForwarder forwarder,
            IdempotentForwarder idempotent,
            SocketTunnel tunnel,
            GatewayConfig config) {
        this.vertx = vertx;
        this.edge = edge;
        this.callers = callers;
        this.forwarder = forwarder;
        this.idempotent = idempotent;
        this.tunnel = tunnel;
        this.limits = config.limits();
    }

    void register(@Observes Router router) {
        router.route("/api/*").order(-10).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        var route = Route.of(context.normalizedPath());
        try {
            if (route.isEmpty()) {
                throw Problems.notFound("path", context.normalizedPath());
            }
            if (upgrades(context.request())) {
                upgrade(context, route.get());
            } else {
                call(context, route.get());
            }
        } catch (ProblemException e) {
            Answers.fail(context, e);
        }
    }

    private void upgrade(RoutingContext context, Route route) {
        var request = context.request();
        edge.originRule().checkUpgrade(request.getHeader(HttpHeaders.ORIGIN));
        request.pause();
        Blocking.call(vertx, () -> callers.visitor(request))
                .onSuccess(visitor -> tunnel.open(context, route.upstream(), visitor))
                .onFailure(e -> Answers.fail(context, e));
    }

    private void call(RoutingContext context, Route route) {
        var request = context.request();
        edge.originRule().check(claim(request, route));
        request.pause();
        if (tooLong(request, limit(route))) {
            drain(context, limit(route));
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        Blocking.call(vertx, () -> callers.identify(request))
                .onSuccess(principal -> forward(context, route, principal))
                .onFailure(e -> Answers.fail(context, e));
    }

    private void forward(RoutingContext context, Route route, Principal principal) {
        var request = context.request();
        var key = request.getHeader("Idempotency-Key");
        if (key == null || !HttpMethod.POST.equals(request.method()) || route.credentials()) {
            forwarder.forward(request, route, principal, limit(route));
            return;
        }
        whole(request, limit(route))
                .compose(body -> idempotent.forward(request, route, principal, key, body))
                .onSuccess(answer -> give(context, answer))
                .onFailure(e -> Answers.fail(context, e));
    }

    private static Future<Buffer> whole(HttpServerRequest request, long limit) {
        var body = new LimitedBody(request, limit);
        var bytes = Buffer.buffer();
        var done = io.vertx.core.Promise.<Buffer>promise();
        body.exceptionHandler(e -> done.tryFail(bodyFailure(e, limit)));
        body.handler(bytes::appendBuffer);
        body.endHandler(_ -> done.tryComplete(bytes));
        body.resume();
        return done.future();
    }

    private static Throwable bodyFailure(Throwable failure, long limit) {
        return failure instanceof LimitedBody.TooLong ? tooLarge(limit) : failure;
    }

    private static void give(RoutingContext context, StoredAnswer answer) {
        var response = context.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(answer.body());
    }

    private static OriginRule.Claim claim(HttpServerRequest request, Route route) {
        var acts =
                SessionCookie.sent(request)
                        && !request.headers().contains(HttpHeaders.AUTHORIZATION);
        return new OriginRule.Claim(
                request.method().name(),
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader("Sec-Fetch-Site"),
                acts,
                route.credentials());
    }

    private static boolean upgrades(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && HttpMethod.GET.equals(request.method())
                && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    private long limit(Route route) {
        if (route.upload()) {
            return limits.uploadBytes();
        }
        return route.upstream().equals("auth") ? limits.authBodyBytes() : limits.bodyBytes();
    }

    private static boolean tooLong(HttpServerRequest request, long limit) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length != null && Long.parseLong(length) > limit;
        } catch (NumberFormatException _) {
            throw Problems.badInput("Content-Length", "malformed", "Content-Length is no number.");
        }
    }

    private static ProblemException tooLarge(long limit) {
        return Problems.tooLarge("The body has more than " + limit + " bytes.");
    }

    private static void drain(RoutingContext context, long limit) {
        var request = context.request();
        var rest = new LimitedBody(request, DRAINED_BYTES);
        rest.exceptionHandler(_ -> request.connection().close());
        rest.handler(_ -> {});
        rest.endHandler(_ -> Answers.fail(context, tooLarge(limit)));
        rest.resume();
    }
}
