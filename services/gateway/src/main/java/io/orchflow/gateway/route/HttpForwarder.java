package io.orchflow.gateway.route;

import io.orchflow.gateway.edge.Answers;
import io.orchflow.gateway.edge.Blocking;
import io.orchflow.gateway.edge.GatewayConfig;
import io.orchflow.gateway.session.Principal;
import io.orchflow.problem.Problem;
import io.orchflow.problem.Problems;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Streams one HTTP exchange through: request and answer pass chunk by chunk, so that event streams
/// are not held back and files are not kept in memory.
@ApplicationScoped
class HttpForwarder {

    /// Tried once more where the connection broke, as it does under a service that is restarted.
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Vertx vertx;
    private final Upstreams upstreams;
    private final AnswerRules answers;
    private final Duration answerTimeout;

    HttpForwarder(Vertx vertx, Upstreams upstreams, AnswerRules answers, GatewayConfig config) {
        this.vertx = vertx;
        this.upstreams = upstreams;
        this.answers = answers;
        this.answerTimeout = config.answerTimeout();
    }

    /// @param limit bytes of the body
    void forward(HttpServerRequest request, Route route, Principal principal, long limit) {
        var exchange = new Exchange(route, principal, new LimitedBody(request, limit), limit);
        HttpProxy.reverseProxy(upstreams.http())
                .origin(exchange::connect)
                .addInterceptor(exchange)
                .handle(request);
    }

    private final class Exchange implements ProxyInterceptor {

        private final Route route;
        private final Principal principal;
        private final LimitedBody body;
        private final long limit;
        private @Nullable HttpClientRequest upstream;

        Exchange(Route route, Principal principal, LimitedBody body, long limit) {
            this.route = route;
            this.principal = principal;
            this.body = body;
            this.limit = limit;
        }

        Future<HttpClientRequest> connect(ProxyContext context) {
            var request = context.request();
            return upstreams
                    .request(route.upstream(), request.getMethod(), request.getURI())
                    .onSuccess(connected -> upstream = connected);
        }

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            var request = context.request();
            var client = request.proxiedRequest();
            HeaderRules.toService(request.headers(), principal, Callers.address(client));
            var bodiless = bodiless(client);
            request.setBody(bodiless ? null : limited(request));
            var timer = vertx.setTimer(answerTimeout.toMillis(), _ -> giveUp());
            var retry = bodiless && READING.contains(client.method());
            return context.sendRequest()
                    .recover(e -> retry ? context.sendRequest() : Future.failedFuture(e))
                    .onComplete(_ -> vertx.cancelTimer(timer))
                    .recover(e -> Future.succeededFuture(failed(request, e)));
        }

        private Body limited(ProxyRequest request) {
            var length = request.getBody() == null ? -1 : request.getBody().length();
            return Body.body(body, length);
        }

        private void giveUp() {
            if (upstream != null) {
                upstream.reset();
            }
        }

        private ProxyResponse failed(ProxyRequest request, Throwable failure) {
            var problem =
                    body.exceeded()
                            ? Problems.tooLarge("The body has more than " + limit + " bytes.")
                            : Upstreams.unavailable(route.upstream(), failure);
            var client = request.proxiedRequest();
            client.handler(null);
            client.resume();
            return problem(request.response(), problem.problem());
        }

        @Override
        public Future<Void> handleProxyResponse(ProxyContext context) {
            var response = context.response();
            var headers = response.headers();
            if (Upstreams.goingDown(response.getStatusCode(), headers)) {
                response.release();
                var told = Upstreams.unavailable(route.upstream(), null);
                problem(response, told.problem());
                return context.sendResponse();
            }
            if (!AnswerRules.needed(route, principal, headers)) {
                HeaderRules.toClient(headers);
                return context.sendResponse();
            }
            var client = context.request().proxiedRequest();
            return Blocking.call(
                            vertx,
                            () -> {
                                answers.apply(route, principal, client, headers);
                                return response;
                            })
                    .recover(e -> Future.succeededFuture(refused(response, e)))
                    .compose(_ -> context.sendResponse());
        }

        private ProxyResponse refused(ProxyResponse response, Throwable failure) {
            response.release();
            return problem(response, Answers.problemOf(failure));
        }
    }

    private static boolean bodiless(HttpServerRequest request) {
        var length = request.getHeader("Content-Length");
        return (length == null || length.equals("0"))
                && !request.headers().contains("Transfer-Encoding");
    }

    private static ProxyResponse problem(ProxyResponse response, Problem problem) {
        response.setStatusCode(problem.status());
        response.setStatusMessage(null);
        response.headers().clear();
        response.putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store");
        if (problem.retryAfterSeconds() != null) {
            response.putHeader("Retry-After", problem.retryAfterSeconds().toString());
        }
        return response.setBody(Body.body(Buffer.buffer(problem.json())));
    }
}
