package io.orchflow.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the ways in which agents speak with models over HTTP.
sealed interface Wire permits ChatWire, MessagesWire, ResponsesWire {

    /// One of a stream's events; without a name where the wire gives them none.
    ///
    /// @param data JSON, or the mark of the end
    record Event(@Nullable String name, String data) {}

    String path();

    Conversation read(JsonNode request);

    List<Event> stream(Reply reply);

    ObjectNode whole(Reply reply);

    default ObjectNode error(int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("message", message).put("type", "scripted").put("code", status);
        return body;
    }
}
