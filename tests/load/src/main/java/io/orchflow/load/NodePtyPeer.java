package io.orchflow.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The peer of the echo table: node-pty behind ws, without a multiplexer.
final class NodePtyPeer implements AutoCloseable {
    private final Process process;
    final URI uri;

    private NodePtyPeer(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /// Installs it at the first use.
    ///
    /// @throws IOException npm or node cannot do it here; the message says what they said
    static NodePtyPeer start(Path folder) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(List.of("node", "node-pty-ws.mjs"))
                        .directory(NpmFolder.installed(folder).toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(Clis.environment());
        Process node = builder.start();
        BufferedReader reader = node.inputReader(StandardCharsets.UTF_8);
        String port = reader.readLine();
        if (port == null) {
            throw new IOException("node-pty-ws.mjs ended at once");
        }
        return new NodePtyPeer(node, URI.create("ws://127.0.0.1:" + port.strip()));
    }

    /// Where a program runs instead of something that echoes.
    URI running(String command) {
        return URI.create(uri + "/?command=" + URLEncoder.encode(command, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
