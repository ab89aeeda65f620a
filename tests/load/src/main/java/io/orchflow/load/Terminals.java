package io.orchflow.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.e2e.Api;
import io.orchflow.e2e.Orchflow;
import io.orchflow.e2e.Work;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Panes and their echo through the gateway, beside a peer on the same machine in the same run.
final class Terminals {
    private static final int PANES = 60;
    private static final int KEYS = 1_000;
    private static final int DRAWS = 15;
    private static final int WARM_UP = 200;
    private static final int SESSIONS = 50;
    private static final int KEYS_EACH = 50;
    private static final Duration TYPING = Duration.ofMillis(100);
    private static final String OURS = "orchflow: gateway, terminal, agent, tmux";
    private static final String PEER = "peer: node-pty 1.1.0 + ws 8.18.3, no tmux";
    private static final String[] CAT = {"sh", "-c", "stty raw -echo; printf R; exec cat"};

    private final Work work;

    Terminals(Work work) {
        this.work = work;
    }

    void print() throws IOException, InterruptedException {
        try (var peer = NodePtyPeer.start(Orchflow.root().resolve("tests/load/peers"))) {
            spawn(peer);
            firstDraw(peer);
            echoAlone(peer);
            echoTogether(peer);
        }
    }

    private void spawn(NodePtyPeer peer) throws InterruptedException {
        long[] answered = new long[PANES];
        long[] ours = new long[PANES];
        long[] theirs = new long[PANES];
        for (int i = 0; i < PANES; i++) {
            long started = System.nanoTime();
            JsonNode pane = open();
            answered[i] = System.nanoTime() - started;
            try (var _ = new EchoClient(address(pane), Long.BYTES).awaitReady()) {
                ours[i] = System.nanoTime() - started;
            }
            close(pane);
            started = System.nanoTime();
            try (var _ = new EchoClient(peer.uri, 0).awaitReady()) {
                theirs[i] = System.nanoTime() - started;
            }
        }
        System.out.println(Distribution.header("Pane spawn"));
        System.out.println(new Distribution(answered).row("POST /api/terminal/pane answered"));
        Distribution first = new Distribution(ours);
        System.out.println(first.row("… and its first byte in the viewer"));
        Distribution peers = new Distribution(theirs);
        System.out.println(peers.row(PEER));
        System.out.println(first.ratio(peers));
    }

    /// From the wish for a pane to the first thing that an agent's program draws.
    private void firstDraw(NodePtyPeer peer) throws InterruptedException {
        for (String program : Clis.installed()) {
            String command = program + " --help";
            long[] ours = new long[DRAWS];
            long[] theirs = new long[DRAWS];
            for (int i = 0; i < DRAWS; i++) {
                long started = System.nanoTime();
                JsonNode pane = open("sh", "-c", "exec " + command);
                try (var _ = new EchoClient(address(pane), Long.BYTES).awaitReady()) {
                    ours[i] = System.nanoTime() - started;
                }
                close(pane);
                started = System.nanoTime();
                try (var _ = new EchoClient(peer.running(command), 0).awaitReady()) {
                    theirs[i] = System.nanoTime() - started;
                }
            }
            table("First draw of " + command, new Distribution(ours), new Distribution(theirs));
        }
    }

    private void echoAlone(NodePtyPeer peer) throws InterruptedException {
        JsonNode pane = open();
        try (var client = new EchoClient(address(pane), Long.BYTES).awaitReady();
                var other = new EchoClient(peer.uri, 0).awaitReady()) {
            client.type(WARM_UP, Duration.ZERO);
            other.type(WARM_UP, Duration.ZERO);
            table(
                    "Echo of one key, one session",
                    new Distribution(client.type(KEYS, Duration.ZERO)),
                    new Distribution(other.type(KEYS, Duration.ZERO)));
        } finally {
            close(pane);
        }
    }

    private void echoTogether(NodePtyPeer peer) throws InterruptedException {
        List<JsonNode> panes = new ArrayList<>();
        List<EchoClient> ours = new ArrayList<>();
        List<EchoClient> theirs = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                panes.add(open());
                ours.add(new EchoClient(address(panes.getLast()), Long.BYTES).awaitReady());
                theirs.add(new EchoClient(peer.uri, 0).awaitReady());
            }
            EchoClient.typeTogether(ours, KEYS_EACH, TYPING);
            Distribution mine = EchoClient.typeTogether(ours, KEYS_EACH, TYPING);
            EchoClient.typeTogether(theirs, KEYS_EACH, TYPING);
            table(
                    "Echo, %d sessions, each %d keys a second"
                            .formatted(SESSIONS, 1000 / TYPING.toMillis()),
                    mine,
                    EchoClient.typeTogether(theirs, KEYS_EACH, TYPING));
        } finally {
            ours.forEach(EchoClient::close);
            theirs.forEach(EchoClient::close);
            panes.forEach(this::close);
        }
    }

    private static void table(String title, Distribution ours, Distribution peers) {
        System.out.println(Distribution.header(title));
        System.out.println(ours.row(OURS));
        System.out.println(peers.row(PEER));
        System.out.println(ours.ratio(peers));
    }

    private URI address(JsonNode pane) {
        URI at = work.api.origin.resolve(pane.get("wsUrl").asText());
        return URI.create("ws" + at.toString().substring(at.getScheme().length()));
    }

    private JsonNode open() {
        return open(CAT);
    }

    private JsonNode open(String... command) {
        ObjectNode body = Api.JSON.createObjectNode().put("workspaceId", work.workspaceId);
        var argv = body.putObject("options").putArray("command");
        List.of(command).forEach(argv::add);
        return work.api.post("/api/terminal/pane", body.toString()).expect(201).json();
    }

    private void close(JsonNode pane) {
        work.api
                .call("DELETE", "/api/terminal/pane/" + pane.get("paneId").asText(), null)
                .expect(204);
    }
}
