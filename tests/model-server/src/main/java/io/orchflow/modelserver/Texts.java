package io.orchflow.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Content as wires write it: a string, or parts with a `text` each.
final class Texts {
    private Texts() {}

    static String of(JsonNode content) {
        if (content.isArray()) {
            return StreamSupport.stream(content.spliterator(), false)
                    .map(part -> part.isTextual() ? part.asText() : of(part))
                    .collect(Collectors.joining("\n"));
        }
        if (content.isObject()) {
            return content.has("text") ? content.get("text").asText() : of(content.path("content"));
        }
        return content.asText("");
    }
}
