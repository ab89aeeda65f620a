package io.orchflow.orchestration.acp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.tunnel.AgentSandbox.Order;
import io.orchflow.orchestration.tunnel.AgentTerminal;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Lines;
import io.orchflow.orchestration.tunnel.StreamDoor;
import io.orchflow.orchestration.tunnel.Tunnel;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/// Opens a terminal for a program that runs its commands by a shell of ours (`orchflow-shell`): one
/// connection is one command. The first line says what to run; what comes back are lines
/// `{"text"}`, then `{"exitCode"}` or `{"error"}`. Who closes the connection first ends the
/// command.
@Singleton
public class TerminalDoor implements StreamDoor {
    private static final Logger LOG = Logger.getLogger(TerminalDoor.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "ORCHFLOW_MODEL_TOKEN";
    private static final int MOST_WORDS = 1_000;

    @Override
    public String path() {
        return "/orchflow/v1/terminals";
    }

    @Override
    public String protocol() {
        return "orchflow-terminal";
    }

    @Override
    public void run(Tunnel stream, AskingAgent agent) throws IOException, InterruptedException {
        var lines = new Lines(stream);
        var first = lines.next();
        if (first == null) {
            return;
        }
        try (var terminal = agent.sandbox().open(order(first))) {
            var watching =
                    Thread.ofVirtual()
                            .name("terminal-" + terminal.paneId())
                            .start(() -> watch(lines, terminal));
            pass(terminal, lines);
            watching.interrupt();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            lines.send(said("error", "the first line is no order: " + e.getMessage()));
        } catch (IOException e) {
            lines.send(said("error", String.valueOf(e.getMessage())));
        }
    }

    private static void pass(AgentTerminal terminal, Lines lines) throws IOException {
        var plain = new PlainText();
        for (var bytes = terminal.read(); bytes != null; bytes = terminal.read()) {
            var text = plain.take(bytes);
            if (!text.isEmpty()) {
                lines.send(said("text", text));
            }
        }
        var code = terminal.exitCode().orElse(1);
        lines.send(JSON.createObjectNode().put("exitCode", code).toString());
    }

    private static void watch(Lines lines, AgentTerminal terminal) {
        try {
            while (lines.next() != null) {
                LOG.debugf("A line more than an order paneId=%s", terminal.paneId());
            }
        } catch (IOException e) {
            LOG.debugf("Connection of a terminal broke paneId=%s", terminal.paneId());
        }
        try {
            if (!Thread.currentThread().isInterrupted()) {
                terminal.end();
            }
        } catch (IOException e) {
            LOG.debugf("Terminal not ended paneId=%s reason=%s", terminal.paneId(), e.getMessage());
        }
    }

    private static String said(String what, String text) {
        return JSON.createObjectNode().put(what, text).toString();
    }

    private static Order order(String line) throws JsonProcessingException {
        var order = JSON.readTree(line);
        var command = words(order.path("command"));
        if (command.isEmpty() || command.getFirst().isBlank()) {
            throw new IllegalArgumentException("it has no command");
        }
        return new Order(
                order.path("title").asText(command.getFirst()),
                command,
                order.path("directory").asText(""),
                environment(order.path("environment")));
    }

    private static List<String> words(JsonNode array) {
        var words = new ArrayList<String>();
        array.forEach(word -> words.add(word.asText()));
        if (words.size() > MOST_WORDS) {
            throw new IllegalArgumentException("it has more than " + MOST_WORDS + " words");
        }
        return words;
    }

    private static Map<String, String> environment(JsonNode object) {
        var environment = new HashMap<String, String>();
        object.properties().forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
        environment.remove(SECRET);
        return environment;
    }
}
