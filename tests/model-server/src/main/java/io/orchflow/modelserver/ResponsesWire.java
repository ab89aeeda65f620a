package io.orchflow.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orchflow.modelserver.Conversation.Entry;
import io.orchflow.modelserver.Conversation.Role;
import io.orchflow.modelserver.Conversation.Tool;
import java.util.ArrayList;
import java.util.List;

/// Responses (OpenAI API reference, `POST /v1/responses`), without the server's own memory: the
/// whole conversation comes with each request.
final class ResponsesWire implements Wire {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String path() {
        return "/v1/responses";
    }

    @Override
    public Conversation read(JsonNode request) {
        var entries = new ArrayList<Entry>();
        entries.add(new Entry(Role.SYSTEM, request.path("instructions").asText()));
        JsonNode input = request.path("input");
        if (input.isTextual()) {
            entries.add(new Entry(Role.USER, input.asText()));
        }
        for (JsonNode item : input) {
            Entry entry = entry(item);
            if (!entry.text().isEmpty()) {
                entries.add(entry);
            }
        }
        var tools = new ArrayList<Tool>();
        for (JsonNode tool : request.path("tools")) {
            if (tool.has("name")) {
                tools.add(new Tool(tool.get("name").asText(), tool.path("parameters")));
            }
        }
        return new Conversation(
                request.path("model").asText(), request.path("stream").asBoolean(), entries, tools);
    }

    private static Entry entry(JsonNode item) {
        return switch (item.path("type").asText("message")) {
            case "function_call" -> new Entry(Role.MODEL, item.path("arguments").asText());
            case "custom_tool_call" -> new Entry(Role.MODEL, item.path("input").asText());
            case "function_call_output", "custom_tool_call_output" ->
                    new Entry(Role.TOOL, Texts.of(item.path("output")));
            case "message" -> new Entry(role(item), Texts.of(item.path("content")));
            // Reasoning and what else a model may have left: nothing that was said.
            default -> new Entry(Role.SYSTEM, "");
        };
    }

    private static Role role(JsonNode message) {
        return switch (message.path("role").asText()) {
            case "assistant" -> Role.MODEL;
            case "user" -> Role.USER;
            default -> Role.SYSTEM;
        };
    }

    @Override
    public List<Event> stream(Reply reply) {
        var events = new Events();
        events.add("response.created", "response", response(reply, "in_progress"));
        events.add("response.in_progress", "response", response(reply, "in_progress"));
        for (int i = 0; i < reply.pieces().size(); i++) {
            switch (reply.pieces().get(i)) {
                case Reply.Text text -> addText(events, i, itemId(reply, i), text);
                case Reply.ToolCall call -> addCall(events, i, itemId(reply, i), call);
            }
        }
        events.add("response.completed", "response", whole(reply));
        return events.list();
    }

    private static void addText(Events events, int index, String id, Reply.Text text) {
        ObjectNode begun = item(id, "message", "in_progress").put("role", "assistant");
        begun.putArray("content");
        events.add("response.output_item.added", "item", begun).put("output_index", index);
        events.add("response.content_part.added", "part", part(""))
                .put("item_id", id)
                .put("output_index", index)
                .put("content_index", 0);
        for (String delta : Reply.deltas(text.content())) {
            events.add("response.output_text.delta")
                    .put("item_id", id)
                    .put("output_index", index)
                    .put("content_index", 0)
                    .put("delta", delta);
        }
        events.add("response.output_text.done")
                .put("item_id", id)
                .put("output_index", index)
                .put("content_index", 0)
                .put("text", text.content());
        events.add("response.content_part.done", "part", part(text.content()))
                .put("item_id", id)
                .put("output_index", index)
                .put("content_index", 0);
        events.add("response.output_item.done", "item", finished(id, text))
                .put("output_index", index);
    }

    private static void addCall(Events events, int index, String id, Reply.ToolCall call) {
        ObjectNode begun =
                named(item(id, "function_call", "in_progress"), call).put("arguments", "");
        events.add("response.output_item.added", "item", begun).put("output_index", index);
        for (String delta : Reply.deltas(call.content())) {
            events.add("response.function_call_arguments.delta")
                    .put("item_id", id)
                    .put("output_index", index)
                    .put("delta", delta);
        }
        events.add("response.function_call_arguments.done")
                .put("item_id", id)
                .put("output_index", index)
                .put("arguments", call.content());
        events.add("response.output_item.done", "item", finished(id, call))
                .put("output_index", index);
    }

    private static ObjectNode finished(String id, Reply.Piece piece) {
        return switch (piece) {
            case Reply.Text text -> {
                ObjectNode item = item(id, "message", "completed").put("role", "assistant");
                item.putArray("content").add(part(text.content()));
                yield item;
            }
            case Reply.ToolCall call ->
                    named(item(id, "function_call", "completed"), call)
                            .put("arguments", call.content());
        };
    }

    /// Tools of a namespace are written `namespace/name`.
    private static ObjectNode named(ObjectNode item, Reply.ToolCall call) {
        item.put("call_id", call.id());
        int end = call.name().indexOf('/');
        if (end >= 0) {
            item.put("namespace", call.name().substring(0, end));
        }
        return item.put("name", call.name().substring(end + 1));
    }

    private static ObjectNode item(String id, String type, String status) {
        return JSON.createObjectNode().put("id", id).put("type", type).put("status", status);
    }

    private static ObjectNode part(String text) {
        ObjectNode part = JSON.createObjectNode().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        return part;
    }

    private static String itemId(Reply reply, int index) {
        return "item_" + reply.id() + "_" + index;
    }

    @Override
    public ObjectNode whole(Reply reply) {
        ObjectNode response = response(reply, "completed");
        ArrayNode output = response.putArray("output");
        for (int i = 0; i < reply.pieces().size(); i++) {
            output.add(finished(itemId(reply, i), reply.pieces().get(i)));
        }
        ObjectNode usage = response.putObject("usage");
        usage.put("input_tokens", reply.inputTokens()).put("output_tokens", reply.outputTokens());
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        usage.put("total_tokens", reply.inputTokens() + reply.outputTokens());
        return response;
    }

    private static ObjectNode response(Reply reply, String status) {
        ObjectNode response =
                JSON.createObjectNode()
                        .put("id", "resp_" + reply.id())
                        .put("object", "response")
                        .put("created_at", 1_700_000_000)
                        .put("status", status)
                        .put("model", reply.model());
        response.putArray("output");
        return response;
    }

    /// Collects events, each with the running number that this wire wants.
    private static final class Events {
        private final List<ObjectNode> nodes = new ArrayList<>();

        ObjectNode add(String type) {
            ObjectNode data = JSON.createObjectNode().put("type", type);
            data.put("sequence_number", nodes.size());
            nodes.add(data);
            return data;
        }

        ObjectNode add(String type, String name, ObjectNode value) {
            return add(type).set(name, value);
        }

        List<Event> list() {
            return nodes.stream()
                    .map(node -> new Event(node.path("type").asText(), node.toString()))
                    .toList();
        }
    }
}
