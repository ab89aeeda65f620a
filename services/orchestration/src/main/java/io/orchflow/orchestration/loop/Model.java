package io.orchflow.orchestration.loop;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import java.util.List;
import java.util.function.Consumer;

/// Answers a conversation. Blocks; one thread.
interface Model {

    /// @param text empty where it only calls tools
    /// @param cut whether it was ended at its longest length
    record Answer(
            String text, List<ToolExecutionRequest> calls, boolean cut, long input, long output) {
        public Answer {
            calls = List.copyOf(calls);
        }
    }

    /// @param words told of the answer's text as it comes
    Answer ask(List<ChatMessage> conversation, Consumer<String> words)
            throws ModelFailed, InterruptedException;
}
