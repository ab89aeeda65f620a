package io.orchflow.orchestration.tunnel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/// An error as an answer, in a shape that clients of every kind of model read.
public final class RefusalView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RefusalView() {}

    /// @param message for people
    public static void send(Exchange exchange, int status, String message) throws IOException {
        ObjectNode body = JSON.createObjectNode().put("type", "error");
        body.putObject("error")
                .put("type", status == 401 ? "authentication_error" : "orchflow_error")
                .put("message", "orchflow: " + message)
                .put("code", status);
        var headers = Map.of("content-type", "application/json");
        exchange.answer(status, headers, JSON.writeValueAsBytes(body));
    }
}
