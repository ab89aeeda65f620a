package io.orchflow.orchestration.loop;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/// The conversation, with bounded length. One thread.
///
/// What leaves first are the oldest results of tools: the model can ask for them again.
final class Memory {
    private static final String LEFT_OUT = "(left out: the conversation has grown too long)";

    private final int most;
    private final List<ChatMessage> messages = new ArrayList<>();
    private long length;

    /// @param most characters
    Memory(int most) {
        this.most = most;
    }

    List<ChatMessage> messages() {
        return List.copyOf(messages);
    }

    void rules(String text) {
        add(SystemMessage.from(text), text.length());
    }

    void told(String text) {
        add(UserMessage.from(text), text.length());
    }

    /// @param calls each with a name, an id and arguments that are a JSON object
    void answered(String text, List<ToolExecutionRequest> calls) {
        long size = text.length();
        for (var call : calls) {
            size += call.arguments().length();
        }
        if (calls.isEmpty()) {
            add(AiMessage.from(text), size);
        } else if (text.isBlank()) {
            add(AiMessage.from(calls), size);
        } else {
            add(AiMessage.from(text, calls), size);
        }
    }

    void result(ToolExecutionRequest call, String text) {
        add(
                ToolExecutionResultMessage.from(call, text.isEmpty() ? "(nothing)" : text),
                text.length());
    }

    private void add(ChatMessage message, long size) {
        messages.add(message);
        length += size;
        for (int i = 0; i < messages.size() - 1 && length > most; i++) {
            if (messages.get(i) instanceof ToolExecutionResultMessage old
                    && old.text().length() > LEFT_OUT.length()) {
                length -= old.text().length() - LEFT_OUT.length();
                messages.set(
                        i, ToolExecutionResultMessage.from(old.id(), old.toolName(), LEFT_OUT));
            }
        }
    }
}
