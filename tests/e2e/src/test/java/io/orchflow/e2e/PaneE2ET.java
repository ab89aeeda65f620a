package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Panes through gateway and terminal, as a browser uses them.
@ExtendWith(Shared.class)
class PaneE2ET {
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final Api api;

    PaneE2ET(Shared.Installation installation) {
        api = installation.api();
    }

    private JsonNode open(Work work, String... command) {
        ObjectNode body = Api.JSON.createObjectNode().put("workspaceId", work.workspaceId);
        ObjectNode options = body.putObject("options").put("cols", 100).put("rows", 30);
        if (command.length > 0) {
            Arrays.stream(command).forEach(options.putArray("command")::add);
        }
        return api.post("/api/terminal/pane", body.toString()).expect(201).json();
    }

    @Test
    void aShellAnswersWhatIsTyped() {
        Work work = Work.inNewWorkspace(api, "shell");
        JsonNode pane = open(work);
        try (var socket = PaneSocket.open(api, pane.get("wsUrl").asText(), null)) {
            socket.type("echo $((6*7))-answer\r");

            Await.until("an answer", SHORT, () -> socket.outputText().contains("42-answer"));
            assertThat(socket.texts.getFirst().get("type").asText()).isEqualTo("hello");
            assertThat(socket.texts.getFirst().get("cols").asInt()).isEqualTo(100);
            socket.type("exit 7\r");
            Await.until(
                    "the exit code",
                    SHORT,
                    () -> socket.texts.stream().anyMatch(t -> t.path("exitCode").asInt(-1) == 7));
        }
    }

    @Test
    void everyCutIsResumedWithoutLosingAByte() throws Exception {
        int size = 10 * 1024 * 1024;
        Work work = Work.inNewWorkspace(api, "cuts");
        // Paced, so that what is written during a cut stays within the ring.
        String writer =
                """
                stty raw -echo; printf READY; read go
                yes 0123456789abcdefghijklmnopqrstuvwxyz | head -c %d > /tmp/all
                i=0
                while [ $i -lt %d ]; do
                  dd if=/tmp/all bs=65536 skip=$i count=1 2>/dev/null; i=$((i+1)); sleep 0.03
                done
                printf END; read stop
                """
                        .formatted(size, (size + 65_535) / 65_536);
        JsonNode pane = open(work, "sh", "-c", writer);
        String paneId = pane.get("paneId").asText();
        var all = new ByteArrayOutputStream();
        var random = new Random(5);
        long next = 0;
        PaneSocket socket = PaneSocket.open(api, pane.get("wsUrl").asText(), 0L);
        Await.until("the writer", SHORT, isReady(socket));
        socket.type("go\n");
        int cuts = 0;
        while (all.size() + socket.output().length < size + 8) {
            assertThat(cuts).isLessThan(400);
            int enough = 20_000 + random.nextInt(600_000);
            PaneSocket current = socket;
            Await.until(
                    "more output",
                    Duration.ofSeconds(10),
                    () ->
                            current.output().length >= enough
                                    || current.outputText().endsWith("END"));
            current.cut();
            byte[] received = current.output();
            assertThat(current.snapshots()).isZero();
            all.writeBytes(received);
            next += received.length;
            cuts++;
            socket = PaneSocket.attach(api, paneId, "driver", next);
        }
        all.writeBytes(socket.output());
        socket.close();

        assertThat(cuts).isGreaterThan(3);
        assertThat(all.size()).isEqualTo(size + 8);
        assertThat(Arrays.equals(all.toByteArray(), expected(size))).as("identical bytes").isTrue();
    }

    private static BooleanSupplier isReady(PaneSocket socket) {
        return () -> socket.outputText().equals("READY");
    }

    private static byte[] expected(int size) {
        byte[] line = "0123456789abcdefghijklmnopqrstuvwxyz\n".getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[size + 8];
        System.arraycopy("READY".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 5);
        for (int i = 0; i < size; i++) {
            bytes[5 + i] = line[i % line.length];
        }
        System.arraycopy("END".getBytes(StandardCharsets.US_ASCII), 0, bytes, size + 5, 3);
        return bytes;
    }

    @Test
    void whoWasAwayTooLongGetsASnapshot() {
        Work work = Work.inNewWorkspace(api, "away");
        JsonNode pane = open(work, "sh", "-c", "seq 1 1500000; echo last-line-$((1+1)); read stop");
        String paneId = pane.get("paneId").asText();
        try (var watcher = PaneSocket.open(api, pane.get("wsUrl").asText(), null)) {
            Await.until(
                    "all output",
                    Duration.ofSeconds(20),
                    () -> watcher.outputText().contains("last-line-2"));
        }
        try (var late = PaneSocket.attach(api, paneId, "viewer", 0L)) {
            Await.until("a snapshot", SHORT, () -> late.snapshots() == 1);
        }
    }

    @Test
    void aBadTicketIsClosedBeforeAnyFrame() throws Exception {
        Work work = Work.inNewWorkspace(api, "ticket");
        JsonNode pane = open(work);
        String wsUrl = pane.get("wsUrl").asText();
        try (var first = PaneSocket.open(api, wsUrl, null)) {
            Await.until("hello", SHORT, () -> !first.texts.isEmpty());
        }
        try (var second = PaneSocket.open(api, wsUrl, null)) {
            assertThat(second.closed.get(5, TimeUnit.SECONDS)).isEqualTo(4401);
            assertThat(second.texts).isEmpty();
        }
    }

    @Test
    void onlyTheLeaseHolderTypes() {
        Work work = Work.inNewWorkspace(api, "lease");
        JsonNode pane = open(work, "sh", "-c", "stty -echo; while read l; do echo got-$l; done");
        String paneId = pane.get("paneId").asText();
        try (var driver = PaneSocket.open(api, pane.get("wsUrl").asText(), null);
                var viewer = PaneSocket.attach(api, paneId, "viewer", null)) {
            Await.until("hello", SHORT, () -> !viewer.texts.isEmpty());
            viewer.type("viewer\r");
            driver.type("driver\r");

            Await.until("the driver", SHORT, () -> viewer.outputText().contains("got-driver"));
            assertThat(viewer.outputText()).doesNotContain("got-viewer");
        }
    }

    @Test
    void aClosedPaneIsGone() throws Exception {
        Work work = Work.inNewWorkspace(api, "gone");
        JsonNode pane = open(work);
        String paneId = pane.get("paneId").asText();
        try (var socket = PaneSocket.open(api, pane.get("wsUrl").asText(), null)) {
            Await.until("hello", SHORT, () -> !socket.texts.isEmpty());
            api.call("DELETE", "/api/terminal/pane/" + paneId, null).expect(204);
            assertThat(socket.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1000);
        }
        api.call("DELETE", "/api/terminal/pane/" + paneId, null).expect(404);
    }
}
