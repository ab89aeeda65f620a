package io.orchflow.orchestration.acp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orchflow.orchestration.tunnel.AgentSandbox;
import io.orchflow.orchestration.tunnel.AgentTerminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Terminals whose output a test makes up, and files in a map.
final class FakeSandbox implements AgentSandbox {
    final List<Order> orders = new CopyOnWriteArrayList<>();
    final List<Terminal> terminals = new CopyOnWriteArrayList<>();
    final Map<String, String> files = new ConcurrentHashMap<>();

    @Override
    public AgentTerminal open(Order order) throws IOException {
        if (order.command().getFirst().equals("refused")) {
            throw new IOException("16 terminals are at work");
        }
        orders.add(order);
        var terminal = new Terminal("pane-" + orders.size());
        terminals.add(terminal);
        return terminal;
    }

    @Override
    public byte[] read(String path) throws IOException {
        var text = files.get(path);
        if (text == null) {
            throw new IOException("no " + path);
        }
        return text.getBytes(UTF_8);
    }

    @Override
    public void write(String path, byte[] content) {
        files.put(path, new String(content, UTF_8));
    }

    static final class Terminal implements AgentTerminal {
        private final String paneId;
        private final BlockingQueue<List<Object>> coming = new LinkedBlockingQueue<>();
        private @Nullable Integer exitCode;
        volatile boolean killed;

        Terminal(String paneId) {
            this.paneId = paneId;
        }

        void puts(String text) {
            coming.add(new ArrayList<>(List.of(text)));
        }

        void exits(int code) {
            coming.add(new ArrayList<>(List.of(code)));
        }

        @Override
        public String paneId() {
            return paneId;
        }

        @Override
        public byte @Nullable [] read() throws IOException {
            try {
                var next = coming.take().getFirst();
                if (next instanceof Integer code) {
                    exitCode = code;
                    return null;
                }
                return next.toString().getBytes(UTF_8);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public OptionalInt exitCode() {
            return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
        }

        @Override
        public void end() {
            killed = true;
            exits(137);
        }

        @Override
        public void close() {}
    }
}
