package io.orchflow.gateway.route;

import io.orchflow.gateway.edge.Answers;
import io.orchflow.gateway.session.Principal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/// Passes a WebSocket through as bytes once both sides have agreed: frames, close codes and
/// extensions stay as they are. A slow side stops the reading from the other. vertx-http-proxy's
/// own
/// tunnel writes without looking at the queue, so a flood would pile up in memory there.
@ApplicationScoped
class SocketTunnel {

    private static final Logger LOG = Logger.getLogger(SocketTunnel.class);
    private static final int QUEUE_BYTES = 256 * 1024;

    private final Upstreams upstreams;

    SocketTunnel(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    void open(RoutingContext context, String service, Principal.Visitor visitor) {
        var request = context.request();
        upstreams
                .upgrade(service, request.uri())
                .compose(
                        upstream -> {
                            copyHead(request, upstream, visitor);
                            upstream.exceptionHandler(
                                    e -> LOG.debug("The service cut a socket", e));
                            return upstream.connect();
                        })
                .onSuccess(answer -> answered(context, answer))
                .onFailure(e -> Answers.fail(context, Upstreams.unavailable(service, e)));
    }

    private static void copyHead(
            HttpServerRequest request, HttpClientRequest upstream, Principal.Visitor visitor) {
        var headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        HeaderRules.toService(headers, visitor, visitor.address());
        headers.set(HttpHeaders.CONNECTION, "Upgrade").set(HttpHeaders.UPGRADE, "websocket");
        upstream.headers().addAll(headers);
    }

    private static void answered(RoutingContext context, HttpClientResponse answer) {
        if (answer.statusCode() != 101) {
            refused(context, answer);
            return;
        }
        var service = answer.netSocket().pause();
        var response = context.response();
        response.headers().addAll(answer.headers());
        context.request()
                .toNetSocket()
                .onSuccess(client -> join(client, service))
                .onFailure(
                        e -> {
                            LOG.debug("The client left during the handshake", e);
                            service.close();
                        });
    }

    private static void join(NetSocket client, NetSocket service) {
        client.setWriteQueueMaxSize(QUEUE_BYTES);
        service.setWriteQueueMaxSize(QUEUE_BYTES);
        client.pipeTo(service).onFailure(_ -> service.close());
        service.pipeTo(client).onFailure(_ -> client.close());
    }

    private static void refused(RoutingContext context, HttpClientResponse answer) {
        var response = context.response().setStatusCode(answer.statusCode());
        var headers = MultiMap.caseInsensitiveMultiMap().addAll(answer.headers());
        HeaderRules.toClient(headers);
        response.headers().addAll(headers);
        if (!headers.contains(HttpHeaders.CONTENT_LENGTH)) {
            response.setChunked(true);
        }
        context.request().resume();
        answer.pipeTo(response).onFailure(_ -> response.reset());
    }
}
