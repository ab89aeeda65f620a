package io.orchflow.orchestration.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TunnelServerTest {
    private static final AgentCaller CALLER =
            new AgentCaller("team", "w", "u", "swarm", "agent", null);

    private final Bytes tunnel = new Bytes();
    private final TunnelServer server =
            new TunnelServer(
                    (_, agentId) -> "token-of-" + agentId,
                    List.of(new Named("/a"), new Named("/ab")),
                    List.of(new Louder()));

    /// Both ways in memory.
    private static final class Bytes implements Tunnel {
        private final BlockingQueue<byte[]> in = new LinkedBlockingQueue<>();
        private final BlockingQueue<byte[]> out = new LinkedBlockingQueue<>();
        volatile boolean closed;

        @Override
        public byte @Nullable [] read() throws IOException {
            try {
                var bytes = in.take();
                return bytes.length == 0 ? null : bytes;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void write(byte[] bytes) {
            out.add(bytes);
        }

        @Override
        public void close() {
            closed = true;
        }

        void say(String text) {
            in.add(text.getBytes(UTF_8));
        }

        void end() {
            in.add(new byte[0]);
        }

        String heardUntil(String last) throws InterruptedException {
            var text = new StringBuilder();
            while (!text.toString().endsWith(last)) {
                var bytes = out.poll(5, TimeUnit.SECONDS);
                assertTrue(bytes != null, () -> "only: " + text);
                text.append(new String(bytes, UTF_8));
            }
            return text.toString();
        }
    }

    private record Named(String path) implements Door {
        @Override
        public void answer(Exchange exchange, AskingAgent agent) throws IOException {
            exchange.answer(200, Map.of(), (path + " for " + exchange.path()).getBytes(UTF_8));
        }
    }

    private record Louder() implements StreamDoor {
        @Override
        public String path() {
            return "/loud";
        }

        @Override
        public String protocol() {
            return "louder";
        }

        @Override
        public void run(Tunnel stream, AskingAgent agent) throws IOException {
            for (var bytes = stream.read(); bytes != null; bytes = stream.read()) {
                var text = new String(bytes, UTF_8).toUpperCase(Locale.ROOT);
                stream.write(text.getBytes(UTF_8));
            }
            stream.write("over".getBytes(UTF_8));
        }
    }

    private record TheAgent() implements AskingAgent {
        @Override
        public AgentCaller caller() {
            return CALLER;
        }

        @Override
        public @Nullable String wanted() {
            return null;
        }

        @Override
        public boolean mayAsk() {
            return true;
        }

        @Override
        public AgentSandbox sandbox() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean asksFirst() {
            return false;
        }

        @Override
        public void budgetReached(String reason) {
            throw new AssertionError(reason);
        }
    }

    private Thread serve() {
        return Thread.ofVirtual().start(() -> server.serve(tunnel, new TheAgent()));
    }

    private static String get(String path, String token, String... headers) {
        var lines = String.join("", java.util.Arrays.stream(headers).map(h -> h + "\r\n").toList());
        return "GET %s HTTP/1.1\r\nhost: x\r\nauthorization: Bearer %s\r\n%s\r\n"
                .formatted(path, token, lines);
    }

    @Test
    void aDoorAnswersForAllBelowItsPath() throws Exception {
        serve();
        tunnel.say(get("/a", "token-of-agent"));
        tunnel.heardUntil("/a for /a");
        tunnel.say(get("/a/b?c=d", "token-of-agent"));
        tunnel.heardUntil("/a for /a/b");
        tunnel.say(get("/ab", "token-of-agent"));
        tunnel.heardUntil("/ab for /ab");
        tunnel.say(get("/abc", "token-of-agent"));

        assertTrue(tunnel.heardUntil("}").startsWith("HTTP/1.1 404"));
    }

    @Test
    void nobodyComesInWithTheTokenOfAnother() throws Exception {
        serve();
        tunnel.say(get("/a", "token-of-other"));
        assertTrue(tunnel.heardUntil("}").startsWith("HTTP/1.1 401"));
        tunnel.say(get("/loud", "", "connection: upgrade", "upgrade: louder"));
        assertTrue(tunnel.heardUntil("}").startsWith("HTTP/1.1 401"));
    }

    @Test
    void anUpgradedConnectionIsAStreamUntilItsEnd() throws Exception {
        var serving = serve();
        tunnel.say(get("/loud", "token-of-agent", "connection: upgrade", "upgrade: louder"));
        var head = tunnel.heardUntil("\r\n\r\n").toLowerCase(Locale.ROOT);
        assertTrue(head.startsWith("http/1.1 101"), head);
        assertTrue(head.contains("upgrade: louder"), head);

        tunnel.say("hello");
        assertEquals("HELLO", tunnel.heardUntil("O"));
        tunnel.end();

        assertEquals("over", tunnel.heardUntil("over"));
        serving.join(5_000);
        assertTrue(tunnel.closed);
    }

    @Test
    void aStreamDoorTakesNoPlainRequest() throws Exception {
        serve();
        tunnel.say(get("/loud", "token-of-agent"));

        assertTrue(tunnel.heardUntil("}").startsWith("HTTP/1.1 404"));
    }
}
