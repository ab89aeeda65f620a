package io.orchflow.orchestration.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads along what a provider answers and finds what it says it has used. One thread.
///
/// A stream counts only once it has told its last count: of one that was cut before, nobody knows
/// what it cost.
final class UsageSource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 32 << 20;

    private final Wire wire;
    private final boolean events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long input;
    private long cached;
    private @Nullable Usage usage;

    /// @param events whether it is a stream of events (text/event-stream), not one JSON document
    UsageSource(Wire wire, boolean events) {
        this.wire = wire;
        this.events = events;
    }

    void take(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (events && bytes[i] == '\n') {
                event(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (line.size() < LONGEST) {
                line.write(bytes[i]);
            }
        }
    }

    /// After the last byte: what was used; null where the provider did not say.
    @Nullable Usage end() {
        if (!events) {
            whole(parsed(line.toString(StandardCharsets.UTF_8)));
        }
        return usage;
    }

    private void event(String text) {
        if (text.startsWith("data:") && text.contains("\"usage\"")) {
            var data = parsed(text.substring("data:".length()));
            switch (wire) {
                case RESPONSES -> whole(data.path("response"));
                case CHAT -> whole(data);
                case MESSAGES -> message(data);
            }
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    /// The request is counted at the beginning, the answer at the end.
    private void message(JsonNode data) {
        var first = data.path("message").path("usage");
        if (first.isObject()) {
            input(first);
        }
        var last = data.path("usage");
        if (last.isObject()) {
            if (last.has("input_tokens")) {
                input(last);
            }
            usage = new Usage(input, cached, count(last, "output_tokens"));
        }
    }

    private void input(JsonNode counts) {
        cached = count(counts, "cache_read_input_tokens");
        input =
                count(counts, "input_tokens")
                        + count(counts, "cache_creation_input_tokens")
                        + cached;
    }

    private void whole(JsonNode answer) {
        var counts = answer.path("usage");
        if (!counts.isObject()) {
            return;
        }
        switch (wire) {
            case RESPONSES ->
                    usage =
                            new Usage(
                                    count(counts, "input_tokens"),
                                    count(counts.path("input_tokens_details"), "cached_tokens"),
                                    count(counts, "output_tokens"));
            case CHAT ->
                    usage =
                            new Usage(
                                    count(counts, "prompt_tokens"),
                                    count(counts.path("prompt_tokens_details"), "cached_tokens"),
                                    count(counts, "completion_tokens"));
            case MESSAGES -> {
                input(counts);
                usage = new Usage(input, cached, count(counts, "output_tokens"));
            }
        }
    }

    private static long count(JsonNode counts, String name) {
        return Math.max(0, counts.path(name).asLong(0));
    }
}
