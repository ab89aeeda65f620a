package io.orchflow.gateway.route;

import io.orchflow.gateway.edge.Blocking;
import io.orchflow.gateway.edge.GatewayConfig;
import io.orchflow.gateway.edge.WholeAnswer;
import io.orchflow.gateway.idempotency.IdempotencyKey;
import io.orchflow.gateway.idempotency.IdempotentCalls;
import io.orchflow.gateway.idempotency.StoredAnswer;
import io.orchflow.gateway.session.Principal;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/// Forwards a POST with an `Idempotency-Key`. Request and answer are JSON of bounded size, kept
/// whole; the call goes on when the client is cut off, since its repeat will ask for the answer.
@ApplicationScoped
class IdempotentForwarder {

    private final Vertx vertx;
    private final Upstreams upstreams;
    private final IdempotentCalls calls;
    private final AnswerRules answers;
    private final long timeoutSeconds;

    IdempotentForwarder(
            Vertx vertx,
            Upstreams upstreams,
            IdempotentCalls calls,
            AnswerRules answers,
            GatewayConfig config) {
        this.vertx = vertx;
        this.upstreams = upstreams;
        this.calls = calls;
        this.answers = answers;
        this.timeoutSeconds = config.answerTimeout().toSeconds();
    }

    Future<StoredAnswer> forward(
            HttpServerRequest request, Route route, Principal principal, String key, Buffer body) {
        var headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        HeaderRules.toService(headers, principal, Callers.address(request));
        headers.remove("Content-Length");
        return Blocking.call(
                vertx,
                () -> {
                    var intent =
                            IdempotencyKey.of(
                                    principal.idempotencyKey(),
                                    request.uri(),
                                    key,
                                    body.getBytes());
                    return calls.once(
                            intent, () -> attempt(request, route, principal, headers, body));
                });
    }

    private StoredAnswer attempt(
            HttpServerRequest request,
            Route route,
            Principal principal,
            MultiMap headers,
            Buffer body) {
        var upstream = connected(route, request);
        upstream.headers().addAll(headers);
        try {
            var answer = Blocking.await(WholeAnswer.to(upstream, body), timeoutSeconds);
            if (Upstreams.goingDown(answer.status(), answer.headers())) {
                throw Upstreams.unavailable(route.upstream(), null);
            }
            var given = MultiMap.caseInsensitiveMultiMap().addAll(answer.headers());
            answers.apply(route, principal, request, given);
            return StoredAnswer.of(answer.status(), given, answer.body());
        } catch (IllegalStateException | io.vertx.core.VertxException e) {
            upstream.reset();
            throw new IdempotentCalls.Uncertain(Upstreams.unavailable(route.upstream(), e));
        }
    }

    private HttpClientRequest connected(Route route, HttpServerRequest request) {
        try {
            var connection = upstreams.request(route.upstream(), request.method(), request.uri());
            return Blocking.await(connection, TimeUnit.MINUTES.toSeconds(1));
        } catch (RuntimeException e) {
            throw Upstreams.unavailable(route.upstream(), e);
        }
    }
}
