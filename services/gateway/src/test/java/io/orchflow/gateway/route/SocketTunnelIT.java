package io.orchflow.gateway.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.gateway.fake.FakeServices;
import io.orchflow.gateway.fake.GatewaySurroundings;
import io.orchflow.gateway.fake.Sockets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusIntegrationTest
@QuarkusTestResource(GatewaySurroundings.class)
class SocketTunnelIT {

    /// What the queues in between may hold, beside the kernel's buffers of two connections.
    private static final long QUEUES = 8L << 20;

    private static final long BOUND = QUEUES + 2 * (mostBuffered("rmem") + mostBuffered("wmem"));

    private static WebSocket open(String path, Map<String, String> headers) {
        return Sockets.get(Sockets.connect(RestAssured.port, path, headers));
    }

    @Test
    void firstFrameArrivesAndMessagesComeBack() {
        var texts = Promise.<String>promise();
        var bytes = Promise.<Buffer>promise();
        var headers = Map.of("X-Orchflow-User", "root");
        var socket =
                Sockets.get(
                        Sockets.connect(RestAssured.port, "/api/terminal/echo?ticket=abc", headers)
                                .onSuccess(
                                        opened -> {
                                            opened.textMessageHandler(texts::tryComplete);
                                            opened.binaryMessageHandler(bytes::tryComplete);
                                        }));
        var seen = new JsonObject(Sockets.get(texts.future()));
        assertFalse(seen.containsKey("x-orchflow-user"), seen.encode());
        assertFalse(seen.containsKey("cookie"), seen.encode());
        socket.writeBinaryMessage(Buffer.buffer(new byte[] {0, 1, (byte) 0xff}));
        assertEquals(Buffer.buffer(new byte[] {0, 1, (byte) 0xff}), Sockets.get(bytes.future()));
        socket.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1012, 4401, 4403, 4408})
    void closeCodesArePassedOn(int code) {
        var socket = open("/api/terminal/close/" + code, Map.of());
        assertTrue(Sockets.await(socket::isClosed));
        assertEquals((short) code, socket.closeStatusCode());
        assertEquals("because", socket.closeReason());
    }

    @Test
    void foreignOriginIsRefusedBeforeTheUpgrade() {
        var failure =
                assertThrows(
                        CompletionException.class,
                        () -> open("/api/terminal/echo", Map.of("Origin", "http://evil.example")));
        assertEquals(
                403,
                assertInstanceOf(UpgradeRejectedException.class, failure.getCause()).getStatus());
        var own = Map.of("Origin", "http://127.0.0.1:" + RestAssured.port);
        open("/api/terminal/echo", own).close();
    }

    @Test
    void refusalOfTheServiceIsPassedOn() {
        var failure =
                assertThrows(
                        CompletionException.class, () -> open("/api/terminal/refused", Map.of()));
        assertEquals(
                404,
                assertInstanceOf(UpgradeRejectedException.class, failure.getCause()).getStatus());
    }

    @Test
    void stalledClientStopsTheService() {
        var flooded = FakeServices.get().floodBytes;
        flooded.set(0);
        var socket = open("/api/terminal/flood", Map.of());
        var received = new AtomicLong();
        socket.pause();
        var stalledAt = settled(flooded);
        assertTrue(stalledAt < BOUND, "the service wrote " + stalledAt + " bytes");
        socket.handler(chunk -> received.addAndGet(chunk.length()));
        socket.resume();
        assertTrue(Sockets.await(() -> received.get() > stalledAt + QUEUES), "it goes on");
        socket.close();
    }

    @Test
    void deafServiceStopsTheClient() {
        var written = new AtomicLong();
        var block = Buffer.buffer(new byte[32 * 1024]);
        var socket = open("/api/terminal/deaf", Map.of());
        fill(socket, block, written);
        var stalledAt = settled(written);
        assertTrue(stalledAt < BOUND, "the client wrote " + stalledAt + " bytes");
        socket.close();
    }

    /// Writes a block once the kernel has taken the one before.
    private static void fill(WebSocket socket, Buffer block, AtomicLong written) {
        socket.writeBinaryMessage(block)
                .onSuccess(
                        _ -> {
                            written.addAndGet(block.length());
                            fill(socket, block, written);
                        });
    }

    /// The most that the kernel lets a socket's buffer grow to, in bytes.
    private static long mostBuffered(String which) {
        try {
            var limits = Files.readAllLines(Path.of("/proc/sys/net/ipv4/tcp_" + which)).getFirst();
            return Long.parseLong(limits.split("\\s+", 3)[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The value once it has not moved for half a second, or the last one seen.
    private static long settled(AtomicLong value) {
        var last = new AtomicLong(-1);
        Sockets.await(
                () -> {
                    var before = value.get();
                    LockSupport.parkNanos(500_000_000);
                    last.set(value.get());
                    return before > 0 && before == last.get();
                });
        return last.get();
    }
}
