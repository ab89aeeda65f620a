package io.orchflow.gateway.route;

import io.orchflow.gateway.edge.Answers;
import io.orchflow.gateway.session.Principal;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jboss.logging.Logger;

/// Passes a WebSocket through as bytes once both sides have agreed: frames, close codes and
/// extensions stay as they are, and a slow side stops the reading from the other. The handshake is
/// done on a plain socket: Vert.x's HTTP client, and so vertx-http-proxy, tells nobody when its
/// queue towards the service is full (4.5: `HttpClientStream.writeQueueFull` is always false), so a
/// flood would pile up in memory.
@ApplicationScoped
class SocketTunnel {

    private static final Logger LOG = Logger.getLogger(SocketTunnel.class);
    private static final int QUEUE_BYTES = 256 * 1024;
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Upstreams upstreams;

    SocketTunnel(Vertx vertx, Upstreams upstreams) {
        this.vertx = vertx;
        this.upstreams = upstreams;
    }

    /// @param context its request is paused
    void open(RoutingContext context, String service, Principal.Visitor visitor) {
        upstreams
                .socket(service)
                .onSuccess(
                        socket ->
                                shake(socket, head(context.request(), service, visitor))
                                        .onSuccess(
                                                answer ->
                                                        answered(context, service, socket, answer))
                                        .onFailure(e -> unavailable(context, service, e)))
                .onFailure(e -> unavailable(context, service, e));
    }

    private static void unavailable(RoutingContext context, String service, Throwable cause) {
        Answers.fail(context, Upstreams.unavailable(service, cause));
    }

    private Buffer head(HttpServerRequest request, String service, Principal.Visitor visitor) {
        var headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        HeaderRules.toService(headers, visitor, visitor.address());
        headers.set(HttpHeaders.CONNECTION, "Upgrade").set(HttpHeaders.UPGRADE, "websocket");
        headers.set(HttpHeaders.HOST, upstreams.authority(service));
        headers.remove(HttpHeaders.ORIGIN); // judged here; a service would compare it with Host
        var head = new StringBuilder("GET ").append(request.uri()).append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return Buffer.buffer(head.append("\r\n").toString(), StandardCharsets.ISO_8859_1.name());
    }

    /// The socket is paused when the future succeeds, and closed when it fails.
    private Future<HandshakeAnswer> shake(NetSocket socket, Buffer head) {
        Promise<HandshakeAnswer> answer = Promise.promise();
        var received = Buffer.buffer();
        var timer = vertx.setTimer(HANDSHAKE.toMillis(), _ -> answer.tryFail("No answer in 10 s"));
        socket.handler(
                chunk -> {
                    received.appendBuffer(chunk);
                    try {
                        HandshakeAnswer.read(received)
                                .ifPresent(
                                        read -> {
                                            socket.pause();
                                            answer.tryComplete(read);
                                        });
                    } catch (IllegalArgumentException e) {
                        answer.tryFail(e);
                    }
                });
        socket.endHandler(_ -> answer.tryFail("The service closed during the handshake"));
        socket.exceptionHandler(answer::tryFail);
        socket.write(head);
        return answer.future()
                .onComplete(_ -> vertx.cancelTimer(timer))
                .onFailure(_ -> socket.close());
    }

    private static void answered(
            RoutingContext context, String name, NetSocket service, HandshakeAnswer answer) {
        if (Upstreams.goingDown(answer.status(), answer.headers())) {
            service.close();
            Answers.fail(context, Upstreams.unavailable(name, null));
            return;
        }
        if (!answer.upgraded()) {
            refused(context, service, answer);
            return;
        }
        context.response().headers().addAll(answer.headers());
        context.request()
                .toNetSocket()
                .onSuccess(client -> join(client, service, answer.rest()))
                .onFailure(
                        e -> {
                            LOG.debug("The client left during the handshake", e);
                            service.close();
                        });
    }

    private static void join(NetSocket client, NetSocket service, Buffer first) {
        client.setWriteQueueMaxSize(QUEUE_BYTES);
        service.setWriteQueueMaxSize(QUEUE_BYTES);
        if (first.length() > 0) {
            client.write(first);
        }
        client.pipeTo(service).onFailure(_ -> service.close());
        service.pipeTo(client).onFailure(_ -> client.close());
    }

    /// Tells the client the status, and as much of the body as came with it.
    private static void refused(RoutingContext context, NetSocket service, HandshakeAnswer answer) {
        service.close();
        HeaderRules.toClient(answer.headers());
        var length = answer.headers().get(HttpHeaders.CONTENT_LENGTH);
        var whole = String.valueOf(answer.rest().length()).equals(length);
        answer.headers().remove(HttpHeaders.CONTENT_LENGTH);
        context.request().resume();
        var response = context.response().setStatusCode(answer.status());
        response.headers().addAll(answer.headers());
        response.end(whole ? answer.rest() : Buffer.buffer());
    }
}
