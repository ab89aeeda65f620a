package io.orchflow.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/// What panes have shown, once their programs have ended.
final class Shown {
    private Shown() {}

    /// Of a swarm as the API has it, and of all panes that its agents run in.
    static String by(Api api, JsonNode swarm) {
        var shown = new StringBuilder(swarm.toPrettyString());
        for (JsonNode agent : swarm.get("agents")) {
            shown.append("\n").append(in(api, agent.path("paneId").asText()));
        }
        return shown.toString();
    }

    static String in(Api api, String paneId) {
        try (var pane = PaneSocket.attach(api, paneId, "viewer", 0L)) {
            Await.until(
                    "the end of the pane",
                    Duration.ofSeconds(5),
                    () ->
                            pane.texts.stream()
                                    .anyMatch(t -> t.path("type").asText().equals("exit")));
            return pane.outputText();
        }
    }
}
