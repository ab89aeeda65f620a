package io.orchflow.orchestration.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// A request to a model as far as the proxy has to know it. Everything that it does not know goes
/// through as it came.
///
/// What would cost more than the request's bytes and its longest answer can tell is refused (a
/// conversation or a file that the provider keeps, a picture that it fetches, several answers at
/// once), and tools that run at the provider are left out: they would be a way out of the sandbox.
final class ModelRequestBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEPT_ELSEWHERE =
            Set.of("previous_response_id", "conversation", "prompt_id", "container");
    private static final List<String> HOSTED_TOOLS =
            List.of(
                    "web_search",
                    "web_fetch",
                    "file_search",
                    "code_interpreter",
                    "code_execution",
                    "image_generation",
                    "mcp");
    private static final List<String> HOSTED_FIELDS = List.of("web_search_options", "mcp_servers");

    private final Wire wire;
    private final ObjectNode body;

    private ModelRequestBody(Wire wire, ObjectNode body) {
        this.wire = wire;
        this.body = body;
    }

    static ModelRequestBody read(Wire wire, byte[] bytes) throws UnfitRequest {
        JsonNode body;
        try {
            body = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UnfitRequest("the request is no JSON");
        }
        if (!(body instanceof ObjectNode object)) {
            throw new UnfitRequest("the request is no JSON object");
        }
        var request = new ModelRequestBody(wire, object);
        request.refuseWhatHasNoBound();
        return request;
    }

    private void refuseWhatHasNoBound() throws UnfitRequest {
        for (var field : KEPT_ELSEWHERE) {
            if (body.hasNonNull(field)) {
                throw new UnfitRequest(field + " is kept by the provider: send all of it instead");
            }
        }
        if (body.path("n").asInt(1) > 1 || body.path("background").asBoolean(false)) {
            throw new UnfitRequest("one answer at a time, and not in the background");
        }
        refuseElsewhere(body);
    }

    private static void refuseElsewhere(JsonNode node) throws UnfitRequest {
        for (var field : List.of("file_id", "file_url")) {
            if (node.hasNonNull(field)) {
                throw new UnfitRequest(field + " is kept elsewhere: send its content instead");
            }
        }
        var image = node.path("image_url");
        var address = image.isTextual() ? image : image.path("url");
        var source = node.path("source");
        if (address.asText("").startsWith("http") || source.path("type").asText("").equals("url")) {
            throw new UnfitRequest("a picture by its address: send its content instead");
        }
        for (var child : node) {
            refuseElsewhere(child);
        }
    }

    /// As the agent names it; empty where it names none.
    String model() {
        return body.path("model").asText("");
    }

    boolean stream() {
        return body.path("stream").asBoolean(false);
    }

    /// The longest answer that is asked for.
    ///
    /// @param otherwise where the request does not say
    long maxOutput(long otherwise) {
        for (var field : limits()) {
            var limit = body.path(field).asLong(0);
            if (limit > 0) {
                return limit;
            }
        }
        return otherwise;
    }

    private List<String> limits() {
        return switch (wire) {
            case RESPONSES -> List.of("max_output_tokens");
            case CHAT -> List.of("max_completion_tokens", "max_tokens");
            case MESSAGES -> List.of("max_tokens");
        };
    }

    /// What goes to the provider.
    byte[] with(String model, long maxOutput) {
        var next = body.deepCopy();
        next.put("model", model);
        var limits = limits();
        var limit = limits.stream().filter(next::has).findFirst().orElse(limits.getLast());
        next.put(limit, maxOutput);
        if (wire == Wire.CHAT && stream()) {
            next.withObject("/stream_options").put("include_usage", true);
        }
        next.remove(HOSTED_FIELDS);
        if (next.get("tools") instanceof ArrayNode tools) {
            for (int i = tools.size() - 1; i >= 0; i--) {
                var type = tools.get(i).path("type").asText("");
                if (HOSTED_TOOLS.stream().anyMatch(type::startsWith)) {
                    tools.remove(i);
                }
            }
        }
        try {
            return JSON.writeValueAsBytes(next);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can be written", e);
        }
    }
}
