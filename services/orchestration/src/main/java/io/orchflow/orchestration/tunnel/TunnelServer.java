package io.orchflow.orchestration.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Speaks HTTP/1.1 on a tunnel: requests one after the other, each let in by the agent's token and
/// answered by the door of its path.
///
/// The tunnel is a connection in all but the socket, so Netty's codec runs on a channel without
/// one, on the tunnel's own thread.
@Singleton
public class TunnelServer {
    private static final Logger LOG = Logger.getLogger(TunnelServer.class);
    private static final int LONGEST_LINE = 8 << 10;
    private static final int LONGEST_HEAD = 64 << 10;
    private static final int CHUNK = 64 << 10;
    private static final int LONGEST_BODY = 32 << 20;

    /// Pieces that wait to be read; more wait at the sender.
    private static final int WAITING = 16;

    private final AgentTokens tokens;
    private final List<Door> doors;
    private final List<StreamDoor> streams;

    public TunnelServer(AgentTokens tokens, @All List<Door> doors, @All List<StreamDoor> streams) {
        this.tokens = tokens;
        this.doors = List.copyOf(doors);
        this.streams = List.copyOf(streams);
    }

    /// Returns when the connection is over; closes the tunnel.
    public void serve(Tunnel tunnel, AskingAgent agent) {
        try (tunnel) {
            new Connection(tunnel, agent).run();
        } catch (IOException e) {
            LOG.debugf("Connection ended agentId=%s reason=%s", agent.caller().agentId(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean admits(Exchange exchange, AgentCaller caller) {
        var shown =
                exchange.header("x-api-key")
                        .or(() -> exchange.header("authorization").map(TunnelServer::bearer))
                        .orElse("");
        var token = tokens.token(caller.swarmId(), caller.agentId());
        return MessageDigest.isEqual(bytes(shown), bytes(token));
    }

    private static String bearer(String header) {
        return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : "";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<StreamDoor> stream(Exchange exchange) {
        var protocol = exchange.header("upgrade").orElse("");
        return streams.stream()
                .filter(door -> door.path().equals(exchange.path()))
                .filter(door -> door.protocol().equalsIgnoreCase(protocol))
                .findFirst();
    }

    private Optional<Door> door(Exchange exchange) {
        var path = exchange.path() + "/";
        return doors.stream().filter(door -> path.startsWith(door.path() + "/")).findFirst();
    }

    private final class Connection {
        private static final byte[] END = new byte[0];

        private final Tunnel tunnel;
        private final AskingAgent agent;
        private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(WAITING);
        private final EmbeddedChannel channel =
                new EmbeddedChannel(
                        new HttpServerCodec(LONGEST_LINE, LONGEST_HEAD, CHUNK),
                        new HttpObjectAggregator(LONGEST_BODY, true));
        private volatile boolean open = true;

        Connection(Tunnel tunnel, AskingAgent agent) {
            this.tunnel = tunnel;
            this.agent = agent;
        }

        void run() throws IOException, InterruptedException {
            var reader = Thread.ofVirtual().name("model-reader").start(this::read);
            try {
                var more = true;
                while (more) {
                    FullHttpRequest request = next();
                    if (request == null) {
                        return;
                    }
                    try {
                        more = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
                        more &= answered(new HttpExchange(request));
                    } finally {
                        request.release();
                    }
                }
            } finally {
                reader.interrupt();
                channel.finishAndReleaseAll();
            }
        }

        /// @return whether another request may follow
        private boolean answered(HttpExchange exchange) throws IOException, InterruptedException {
            if (!admits(exchange, agent.caller())) {
                RefusalView.send(exchange, 401, "the token is not this agent's");
                return true;
            }
            var stream = stream(exchange);
            if (stream.isPresent()) {
                exchange.upgrade(stream.get().protocol());
                stream.get().run(new Upgraded(), agent);
                return false;
            }
            var door = door(exchange);
            if (door.isPresent()) {
                door.get().answer(exchange, agent);
            } else {
                var asked = exchange.method() + " " + exchange.path();
                RefusalView.send(exchange, 404, "there is no " + asked + " here");
            }
            return true;
        }

        private void read() {
            try {
                for (byte[] bytes = tunnel.read(); bytes != null; bytes = tunnel.read()) {
                    if (bytes.length > 0) {
                        arrived.put(bytes);
                    }
                }
            } catch (IOException e) {
                LOG.debugf("Tunnel broke reason=%s", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            open = false;
            var _ = arrived.offer(END);
        }

        /// @return null where no more comes
        private @Nullable FullHttpRequest next() throws IOException, InterruptedException {
            while (true) {
                FullHttpRequest request = channel.readInbound();
                if (request != null) {
                    return request;
                }
                byte[] bytes = open ? arrived.take() : arrived.poll();
                if (bytes == null || bytes.length == 0) {
                    return null;
                }
                channel.writeInbound(Unpooled.wrappedBuffer(bytes));
                flush();
            }
        }

        /// What the codec has put out goes to the agent.
        private void flush() throws IOException {
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                try {
                    var bytes = new byte[out.readableBytes()];
                    out.readBytes(bytes);
                    tunnel.write(bytes);
                } finally {
                    out.release();
                }
            }
        }

        private void send(Object message) throws IOException {
            channel.writeOutbound(message);
            flush();
        }

        /// What is left of the connection when HTTP has ended.
        private final class Upgraded implements Tunnel {

            @Override
            public byte @Nullable [] read() throws IOException {
                try {
                    byte[] bytes = open ? arrived.take() : arrived.poll();
                    return bytes == null || bytes.length == 0 ? null : bytes;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                tunnel.write(bytes);
            }

            @Override
            public void close() {
                tunnel.close();
            }
        }

        private final class HttpExchange implements Exchange {
            private final FullHttpRequest request;
            private final byte[] body;

            HttpExchange(FullHttpRequest request) {
                this.request = request;
                this.body = new byte[request.content().readableBytes()];
                request.content().readBytes(body);
            }

            @Override
            public String method() {
                return request.method().name();
            }

            @Override
            public String path() {
                return new QueryStringDecoder(request.uri()).path();
            }

            @Override
            public Optional<String> header(String name) {
                return Optional.ofNullable(request.headers().get(name));
            }

            @Override
            public byte[] body() {
                return body;
            }

            @Override
            public boolean open() {
                return open;
            }

            @Override
            public void answer(int status, Map<String, String> headers, byte[] bytes)
                    throws IOException {
                var response =
                        new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                HttpResponseStatus.valueOf(status),
                                Unpooled.wrappedBuffer(bytes));
                response.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
                send(with(response, headers));
            }

            void upgrade(String protocol) throws IOException {
                var response =
                        new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                HttpResponseStatus.SWITCHING_PROTOCOLS,
                                Unpooled.EMPTY_BUFFER);
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
                response.headers().set(HttpHeaderNames.UPGRADE, protocol);
                send(response);
            }

            @Override
            public void begin(int status, Map<String, String> headers) throws IOException {
                var response =
                        new DefaultHttpResponse(
                                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
                HttpUtil.setTransferEncodingChunked(response, true);
                send(with(response, headers));
            }

            private HttpResponse with(HttpResponse response, Map<String, String> headers) {
                headers.forEach(response.headers()::set);
                HttpUtil.setKeepAlive(response, HttpUtil.isKeepAlive(request));
                return response;
            }

            @Override
            public void piece(byte[] bytes, int length) throws IOException {
                send(new DefaultHttpContent(Unpooled.copiedBuffer(bytes, 0, length)));
            }

            @Override
            public void end() throws IOException {
                send(new DefaultLastHttpContent());
            }
        }
    }
}
