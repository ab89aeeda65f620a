package io.orchflow.gateway.fake;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Small upstreams inside the tests. A service answers any path with what it was sent; some paths
/// do
/// more.
public final class FakeServices {

    private static @Nullable FakeServices instance;

    /// Sent back where a test sends them with `Test-` before their names.
    private static final List<String> ASKED_OF_THE_GATEWAY =
            List.of(
                    "Orchflow-Caller-Changed",
                    "Orchflow-People-Changed",
                    "Orchflow-Grants-Revoked");

    public final Vertx vertx = Vertx.vertx();
    public final FakeAuth auth = new FakeAuth(vertx);
    public final int authPort;
    public final int workspacesPort;
    public final int terminalPort;
    public final int orchestrationPort;
    public final AtomicInteger created = new AtomicInteger();
    public final AtomicLong floodBytes = new AtomicLong();
    public final AtomicLong uploadedBytes = new AtomicLong();
    private HttpServer workspaces;

    private FakeServices() {
        authPort = listen(auth.server(), 0).actualPort();
        workspaces = listen(workspacesServer(), 0);
        workspacesPort = workspaces.actualPort();
        terminalPort = listen(terminalServer(), 0).actualPort();
        orchestrationPort = listen(orchestrationServer(), 0).actualPort();
    }

    static synchronized FakeServices start() {
        if (instance == null) {
            instance = new FakeServices();
        }
        return instance;
    }

    public static FakeServices get() {
        return Objects.requireNonNull(instance);
    }

    public void stopWorkspaces() {
        join(workspaces.close());
    }

    public void startWorkspaces() {
        workspaces = listen(workspacesServer(), workspacesPort);
    }

    private static HttpServer listen(HttpServer server, int port) {
        return join(server.listen(port, "127.0.0.1"));
    }

    private static <T> T join(io.vertx.core.Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private HttpServer workspacesServer() {
        return vertx.createHttpServer()
                .requestHandler(
                        request -> {
                            if (request.path().equals("/api/workspaces/going-down")) {
                                request.response().setStatusCode(503).end();
                            } else if (request.path().equals("/api/workspaces/cut")) {
                                request.body().onSuccess(_ -> request.connection().close());
                            } else if (request.path().equals("/api/workspaces/slow")) {
                                created.incrementAndGet();
                                request.body()
                                        .onSuccess(
                                                _ ->
                                                        vertx.setTimer(
                                                                700,
                                                                _ -> request.response().end("{}")));
                            } else if (request.path().equals("/api/workspaces/create")) {
                                request.response().setStatusCode(202);
                                request.response().putHeader("Location", "/made");
                                request.response()
                                        .putHeader("X-Count", "" + created.incrementAndGet());
                                echo("workspaces", request);
                            } else {
                                echo("workspaces", request);
                            }
                        });
    }

    private HttpServer orchestrationServer() {
        return vertx.createHttpServer()
                .requestHandler(
                        request -> {
                            switch (request.path()) {
                                case "/api/conversations/c1/events" -> events(request);
                                case "/api/swarms/big" -> big(request);
                                default -> echo("orchestration", request);
                            }
                        });
    }

    private void events(HttpServerRequest request) {
        var response =
                request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
        response.write("id: 1\ndata: first\n\n");
        vertx.setTimer(1500, _ -> response.write("id: 2\ndata: second\n\n"));
    }

    /// Writes until the reader is gone, as fast as it is taken.
    private void big(HttpServerRequest request) {
        var response = request.response().setChunked(true);
        var block = io.vertx.core.buffer.Buffer.buffer(new byte[64 * 1024]);
        pump(
                () -> response.writeQueueFull() || response.closed(),
                () -> response.write(block),
                response::drainHandler);
    }

    private HttpServer terminalServer() {
        return vertx.createHttpServer()
                .webSocketHandshakeHandler(
                        handshake -> {
                            if (handshake.path().equals("/api/terminal/refused")) {
                                handshake.reject(404);
                            } else if (handshake.path().equals("/api/terminal/going-down")) {
                                handshake.reject(503);
                            } else {
                                handshake.accept();
                            }
                        })
                .webSocketHandler(this::socket)
                .requestHandler(request -> echo("terminal", request));
    }

    private void socket(ServerWebSocket socket) {
        switch (socket.path()) {
            case "/api/terminal/flood" -> flood(socket);
            case "/api/terminal/deaf" -> socket.pause();
            default -> {
                if (socket.path().startsWith("/api/terminal/close/")) {
                    var code = socket.path().substring("/api/terminal/close/".length());
                    socket.close(Short.parseShort(code), "because");
                } else {
                    greet(socket);
                }
            }
        }
    }

    private static void greet(ServerWebSocket socket) {
        socket.writeTextMessage(headers(socket.headers()).encode());
        socket.textMessageHandler(socket::writeTextMessage);
        socket.binaryMessageHandler(socket::writeBinaryMessage);
    }

    private void flood(ServerWebSocket socket) {
        var block = io.vertx.core.buffer.Buffer.buffer(new byte[32 * 1024]);
        pump(
                () -> socket.writeQueueFull() || socket.isClosed(),
                () -> socket.writeBinaryMessage(block),
                socket::drainHandler);
    }

    private interface Drain {
        void handler(io.vertx.core.Handler<Void> handler);
    }

    private void pump(java.util.function.BooleanSupplier full, Runnable write, Drain drain) {
        while (!full.getAsBoolean()) {
            write.run();
            floodBytes.addAndGet(32 * 1024);
        }
        drain.handler(_ -> pump(full, write, drain));
    }

    static void echo(String service, HttpServerRequest request) {
        if (request.path().equals("/q/health/ready")) {
            request.response().end("{}");
            return;
        }
        if (request.path().endsWith("/upload")) {
            request.handler(chunk -> get().uploadedBytes.addAndGet(chunk.length()));
            request.endHandler(_ -> request.response().end("{}"));
            return;
        }
        for (var name : ASKED_OF_THE_GATEWAY) {
            var wanted = request.getHeader("Test-" + name);
            if (wanted != null) {
                request.response().putHeader(name, wanted);
            }
        }
        request.body()
                .onSuccess(
                        body ->
                                request.response()
                                        .putHeader("Content-Type", "application/json")
                                        .putHeader("Server", "fake")
                                        .end(
                                                new JsonObject()
                                                        .put("service", service)
                                                        .put("method", request.method().name())
                                                        .put("uri", request.uri())
                                                        .put("headers", headers(request.headers()))
                                                        .put("body", body.toString())
                                                        .encode()));
    }

    private static JsonObject headers(MultiMap headers) {
        var json = new JsonObject();
        headers.forEach((name, value) -> json.put(name.toLowerCase(java.util.Locale.ROOT), value));
        return json;
    }
}
