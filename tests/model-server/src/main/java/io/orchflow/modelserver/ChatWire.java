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

/// Chat completions (OpenAI API reference, `POST /v1/chat/completions`).
final class ChatWire implements Wire {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String path() {
        return "/v1/chat/completions";
    }

    @Override
    public Conversation read(JsonNode request) {
        var entries = new ArrayList<Entry>();
        for (JsonNode message : request.path("messages")) {
            Role role = role(message.path("role").asText());
            String text = Texts.of(message.path("content"));
            if (!text.isEmpty() || role != Role.MODEL) {
                entries.add(new Entry(role, text));
            }
            for (JsonNode call : message.path("tool_calls")) {
                entries.add(new Entry(role, call.path("function").path("arguments").asText()));
            }
        }
        var tools = new ArrayList<Tool>();
        for (JsonNode tool : request.path("tools")) {
            JsonNode function = tool.path("function");
            tools.add(new Tool(function.path("name").asText(), function.path("parameters")));
        }
        return new Conversation(
                request.path("model").asText(), request.path("stream").asBoolean(), entries, tools);
    }

    private static Role role(String name) {
        return switch (name) {
            case "assistant" -> Role.MODEL;
            case "tool", "function" -> Role.TOOL;
            case "user" -> Role.USER;
            default -> Role.SYSTEM;
        };
    }

    @Override
    public List<Event> stream(Reply reply) {
        var events = new ArrayList<Event>();
        events.add(event(chunk(reply, JSON.createObjectNode().put("role", "assistant"))));
        int call = 0;
        for (Reply.Piece piece : reply.pieces()) {
            switch (piece) {
                case Reply.Text text -> {
                    for (String delta : Reply.deltas(text.content())) {
                        events.add(
                                event(chunk(reply, JSON.createObjectNode().put("content", delta))));
                    }
                }
                case Reply.ToolCall tool -> {
                    addCall(events, reply, tool, call);
                    call++;
                }
            }
        }
        ObjectNode last = chunk(reply, JSON.createObjectNode());
        ((ObjectNode) last.path("choices").path(0)).put("finish_reason", finish(reply));
        events.add(event(last));
        ObjectNode usage = chunk(reply, JSON.createObjectNode());
        usage.putArray("choices");
        usage.set("usage", usage(reply));
        events.add(event(usage));
        events.add(new Event(null, "[DONE]"));
        return events;
    }

    private static void addCall(List<Event> events, Reply reply, Reply.ToolCall tool, int index) {
        ObjectNode head = JSON.createObjectNode();
        ObjectNode first = head.putArray("tool_calls").addObject().put("index", index);
        first.put("id", tool.id()).put("type", "function");
        first.putObject("function").put("name", tool.name()).put("arguments", "");
        events.add(event(chunk(reply, head)));
        for (String delta : Reply.deltas(tool.content())) {
            ObjectNode more = JSON.createObjectNode();
            more.putArray("tool_calls")
                    .addObject()
                    .put("index", index)
                    .putObject("function")
                    .put("arguments", delta);
            events.add(event(chunk(reply, more)));
        }
    }

    private static ObjectNode chunk(Reply reply, ObjectNode delta) {
        ObjectNode chunk = base(reply, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        return chunk;
    }

    private static ObjectNode base(Reply reply, String object) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-" + reply.id())
                .put("object", object)
                .put("created", 1_700_000_000)
                .put("model", reply.model());
    }

    private static Event event(ObjectNode chunk) {
        return new Event(null, chunk.toString());
    }

    @Override
    public ObjectNode whole(Reply reply) {
        ObjectNode whole = base(reply, "chat.completion");
        ObjectNode choice = whole.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        var said = new StringBuilder();
        ArrayNode calls = JSON.createArrayNode();
        for (Reply.Piece piece : reply.pieces()) {
            switch (piece) {
                case Reply.Text text -> said.append(text.content());
                case Reply.ToolCall tool ->
                        calls.addObject()
                                .put("id", tool.id())
                                .put("type", "function")
                                .putObject("function")
                                .put("name", tool.name())
                                .put("arguments", tool.content());
            }
        }
        message.put("content", said.toString());
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        choice.put("finish_reason", finish(reply));
        whole.set("usage", usage(reply));
        return whole;
    }

    private static String finish(Reply reply) {
        return reply.callsTools() ? "tool_calls" : "stop";
    }

    private static ObjectNode usage(Reply reply) {
        return JSON.createObjectNode()
                .put("prompt_tokens", reply.inputTokens())
                .put("completion_tokens", reply.outputTokens())
                .put("total_tokens", reply.inputTokens() + reply.outputTokens());
    }
}
