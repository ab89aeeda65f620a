package io.orchflow.modelserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.modelserver.Conversation.Entry;
import io.orchflow.modelserver.Conversation.Role;
import io.orchflow.modelserver.Conversation.Tool;
import java.util.ArrayList;
import java.util.List;

/// Messages (Anthropic API reference, `POST /v1/messages`).
final class MessagesWire implements Wire {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String path() {
        return "/v1/messages";
    }

    @Override
    public Conversation read(JsonNode request) {
        var entries = new ArrayList<Entry>();
        if (request.has("system")) {
            entries.add(new Entry(Role.SYSTEM, Texts.of(request.get("system"))));
        }
        for (JsonNode message : request.path("messages")) {
            boolean model = message.path("role").asText().equals("assistant");
            JsonNode content = message.path("content");
            if (content.isArray()) {
                content.forEach(block -> entries.add(entry(block, model)));
            } else {
                entries.add(new Entry(model ? Role.MODEL : Role.USER, content.asText()));
            }
        }
        var tools = new ArrayList<Tool>();
        for (JsonNode tool : request.path("tools")) {
            tools.add(new Tool(tool.path("name").asText(), tool.path("input_schema")));
        }
        return new Conversation(
                request.path("model").asText(), request.path("stream").asBoolean(), entries, tools);
    }

    private static Entry entry(JsonNode block, boolean model) {
        return switch (block.path("type").asText()) {
            case "tool_use" -> new Entry(Role.MODEL, block.path("input").toString());
            case "tool_result" -> new Entry(Role.TOOL, Texts.of(block.path("content")));
            default -> new Entry(model ? Role.MODEL : Role.USER, Texts.of(block));
        };
    }

    @Override
    public List<Event> stream(Reply reply) {
        var events = new ArrayList<Event>();
        ObjectNode start = type("message_start");
        ObjectNode message = message(reply);
        message.putArray("content");
        message.putNull("stop_reason");
        start.set("message", message);
        events.add(event(start));
        for (int i = 0; i < reply.pieces().size(); i++) {
            Reply.Piece piece = reply.pieces().get(i);
            ObjectNode begin = type("content_block_start").put("index", i);
            begin.set("content_block", empty(piece));
            events.add(event(begin));
            for (String delta : Reply.deltas(piece.content())) {
                ObjectNode more = type("content_block_delta").put("index", i);
                more.set("delta", delta(piece, delta));
                events.add(event(more));
            }
            events.add(event(type("content_block_stop").put("index", i)));
        }
        ObjectNode end = type("message_delta");
        end.putObject("delta").put("stop_reason", stop(reply)).putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", reply.outputTokens());
        events.add(event(end));
        events.add(event(type("message_stop")));
        return events;
    }

    private static ObjectNode empty(Reply.Piece piece) {
        return switch (piece) {
            case Reply.Text _ -> type("text").put("text", "");
            case Reply.ToolCall call -> {
                ObjectNode block = type("tool_use").put("id", call.id()).put("name", call.name());
                block.putObject("input");
                yield block;
            }
        };
    }

    private static ObjectNode delta(Reply.Piece piece, String delta) {
        return switch (piece) {
            case Reply.Text _ -> type("text_delta").put("text", delta);
            case Reply.ToolCall _ -> type("input_json_delta").put("partial_json", delta);
        };
    }

    @Override
    public ObjectNode whole(Reply reply) {
        ObjectNode message = message(reply);
        var content = message.putArray("content");
        for (Reply.Piece piece : reply.pieces()) {
            content.add(
                    switch (piece) {
                        case Reply.Text text -> type("text").put("text", text.content());
                        case Reply.ToolCall call -> {
                            ObjectNode block =
                                    type("tool_use").put("id", call.id()).put("name", call.name());
                            block.set("input", parsed(call.content()));
                            yield block;
                        }
                    });
        }
        message.put("stop_reason", stop(reply));
        return message;
    }

    /// Arguments that are no JSON are an empty object here: the wire has no other way to carry them
    /// but a stream.
    private static JsonNode parsed(String arguments) {
        try {
            return JSON.readTree(arguments);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static ObjectNode message(Reply reply) {
        ObjectNode message =
                type("message")
                        .put("id", "msg_" + reply.id())
                        .put("role", "assistant")
                        .put("model", reply.model());
        message.putNull("stop_sequence");
        message.putObject("usage")
                .put("input_tokens", reply.inputTokens())
                .put("output_tokens", reply.outputTokens());
        return message;
    }

    private static String stop(Reply reply) {
        return reply.callsTools() ? "tool_use" : "end_turn";
    }

    private static ObjectNode type(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static Event event(ObjectNode data) {
        return new Event(data.path("type").asText(), data.toString());
    }

    @Override
    public ObjectNode error(int status, String message) {
        ObjectNode body = type("error");
        body.putObject("error").put("type", "scripted_" + status).put("message", message);
        return body;
    }
}
