package io.orchflow.orchestration.loop;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import io.orchflow.orchestration.model.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A model behind the proxy, in the dialect of its provider.
final class StreamingModel implements Model {

    /// Nobody is there; the proxy looks at the path alone.
    private static final String BASE = "http://orchflow/v1";

    /// The proxy has the real one.
    private static final String NO_KEY = "orchflow";

    private final StreamingChatModel model;
    private final List<ToolSpecification> tools;

    private StreamingModel(StreamingChatModel model, List<ToolSpecification> tools) {
        this.model = model;
        this.tools = tools;
    }

    /// The same with tools that it may call.
    StreamingModel with(List<ToolSpecification> more) {
        return new StreamingModel(model, Stream.concat(tools.stream(), more.stream()).toList());
    }

    /// @throws IllegalArgumentException the agent of ours does not speak that
    static StreamingModel of(Hello hello, HttpClientBuilder client) {
        return of(hello.wire(), hello.model(), hello.maxOutput(), client);
    }

    /// @param maxOutput tokens of an answer
    /// @throws IllegalArgumentException the agent of ours does not speak that
    static StreamingModel of(Wire wire, String model, int maxOutput, HttpClientBuilder client) {
        return switch (wire) {
            case CHAT ->
                    new StreamingModel(
                            OpenAiStreamingChatModel.builder()
                                    .httpClientBuilder(client)
                                    .baseUrl(BASE)
                                    .apiKey(NO_KEY)
                                    .modelName(model)
                                    .accumulateToolCallId(false)
                                    .build(),
                            List.of());
            case MESSAGES ->
                    new StreamingModel(
                            AnthropicStreamingChatModel.builder()
                                    .httpClientBuilder(client)
                                    .baseUrl(BASE)
                                    .apiKey(NO_KEY)
                                    .modelName(model)
                                    .maxTokens(maxOutput)
                                    .cacheSystemMessages(true)
                                    .cacheTools(true)
                                    .build(),
                            List.of());
            case RESPONSES -> throw new IllegalArgumentException("the dialect is chat or messages");
        };
    }

    @Override
    public Answer ask(List<ChatMessage> conversation, Consumer<String> words) throws ModelFailed {
        var hearing = new Hearing(words);
        var request =
                ChatRequest.builder().messages(conversation).toolSpecifications(tools).build();
        try {
            // The client below answers on this thread: all is told when this returns.
            model.chat(request, hearing);
        } catch (RuntimeException e) {
            hearing.onError(e);
        }
        return hearing.answer();
    }

    private static final class Hearing implements StreamingChatResponseHandler {
        private final Consumer<String> words;
        private @Nullable Throwable error;
        private @Nullable ChatResponse response;

        Hearing(Consumer<String> words) {
            this.words = words;
        }

        @Override
        public void onPartialResponse(String text) {
            words.accept(text);
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            response = complete;
        }

        @Override
        public void onError(Throwable first) {
            if (error == null) {
                error = first;
            }
        }

        Answer answer() throws ModelFailed {
            if (error != null) {
                throw failed(error);
            }
            var whole = response;
            if (whole == null || whole.finishReason() == null) {
                throw new ModelFailed("its answer broke off", true);
            }
            var message = whole.aiMessage();
            var text = Objects.requireNonNullElse(message.text(), "");
            if (text.isBlank() && !message.hasToolExecutionRequests()) {
                throw new ModelFailed("its answer was empty", true);
            }
            var used = whole.tokenUsage();
            return new Answer(
                    text,
                    message.toolExecutionRequests(),
                    whole.finishReason() == FinishReason.LENGTH,
                    used == null ? 0 : count(used.inputTokenCount()),
                    used == null ? 0 : count(used.outputTokenCount()));
        }

        private static long count(@Nullable Integer tokens) {
            return tokens == null ? 0 : tokens;
        }

        /// What is no status of HTTP was cut or could not be read.
        private static ModelFailed failed(Throwable error) {
            Throwable cause = error;
            while (cause.getCause() != null
                    && !(cause instanceof HttpException)
                    && !(cause instanceof IOException)) {
                cause = cause.getCause();
            }
            if (cause instanceof HttpException http) {
                var status = http.statusCode();
                return new ModelFailed(
                        String.valueOf(http.getMessage()),
                        status == 408 || status == 429 || status >= 500);
            }
            return new ModelFailed(String.valueOf(cause.getMessage()), true);
        }
    }
}
