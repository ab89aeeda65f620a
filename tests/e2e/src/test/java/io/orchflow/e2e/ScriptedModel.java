package io.orchflow.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import java.io.IOException;
import java.util.List;

/// A scripted model as the one provider of the caller's team.
final class ScriptedModel {
    private ScriptedModel() {}

    /// Starts it and makes it known in place of all others.
    ///
    /// @param key that orchflow has to show to it
    static ModelServer of(Api api, Script script, String key, String... wires) throws IOException {
        String team = api.get("/api/auth/me").expect(200).json().at("/teams/0/teamId").asText();
        for (JsonNode old : api.get("/api/models/providers?teamId=" + team).expect(200).json()) {
            api.call("DELETE", "/api/models/providers/" + old.get("id").asText(), null).expect(204);
        }
        var server = ModelServer.start(script, key);
        ObjectNode body =
                Api.JSON
                        .createObjectNode()
                        .put("teamId", team)
                        .put("name", "scripted")
                        .put("url", server.url() + "/v1")
                        .put("key", key);
        var spoken = body.putArray("wires");
        List.of(wires).forEach(spoken::add);
        body.putArray("models").addObject().put("name", "scripted").put("outputUsd", 10);
        api.post("/api/models/providers", body.toString()).expect(201);
        return server;
    }
}
