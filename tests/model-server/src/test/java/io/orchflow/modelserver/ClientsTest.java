package io.orchflow.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Client libraries that others wrote understand two of the wires.
class ClientsTest {
    private static final String KEY = "key-of-tests";
    private static final String TEXT =
            "Grüße, 👋 und ein langer Satz, damit es mehrere Stücke gibt";
    private static final ToolSpecification SHELL =
            ToolSpecification.builder()
                    .name("shell")
                    .description("runs a command")
                    .parameters(
                            JsonObjectSchema.builder()
                                    .addStringProperty("command")
                                    .required("command")
                                    .build())
                    .build();
    private static final ChatRequest REQUEST =
            ChatRequest.builder()
                    .messages(UserMessage.from("please greet"))
                    .toolSpecifications(SHELL)
                    .build();

    private final ModelServer server;

    ClientsTest() throws IOException {
        server =
                ModelServer.start(
                        Script.steps()
                                .when(
                                        "greet",
                                        Turn.of(new Turn.Say(TEXT), new Turn.Run("echo \"hi\""))),
                        KEY);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void openAiWhole() {
        isTheScriptedTurn(openAi(KEY).chat(REQUEST));
    }

    @Test
    void openAiStreaming() throws Exception {
        isTheScriptedTurn(
                streamed(
                        OpenAiStreamingChatModel.builder()
                                .baseUrl(server.url() + "/v1")
                                .apiKey(KEY)
                                .modelName("m")
                                .build()));
    }

    @Test
    void anthropicWhole() {
        ChatModel model =
                AnthropicChatModel.builder()
                        .baseUrl(server.url() + "/v1")
                        .apiKey(KEY)
                        .modelName("m")
                        .build();
        isTheScriptedTurn(model.chat(REQUEST));
    }

    @Test
    void anthropicStreaming() throws Exception {
        isTheScriptedTurn(
                streamed(
                        AnthropicStreamingChatModel.builder()
                                .baseUrl(server.url() + "/v1")
                                .apiKey(KEY)
                                .modelName("m")
                                .build()));
    }

    @Test
    void whoHasNotTheKeyIsRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> openAi("other").chat(REQUEST))
                .hasMessageContaining("the key is not known");
        assertThat(server.seen().getFirst().key()).isEqualTo("other");
    }

    private ChatModel openAi(String key) {
        return OpenAiChatModel.builder()
                .baseUrl(server.url() + "/v1")
                .apiKey(key)
                .modelName("m")
                .maxRetries(0)
                .build();
    }

    private static void isTheScriptedTurn(ChatResponse response) {
        assertThat(response.aiMessage().text()).isEqualTo(TEXT);
        assertThat(response.aiMessage().toolExecutionRequests())
                .singleElement()
                .satisfies(
                        call -> {
                            assertThat(call.name()).isEqualTo("shell");
                            assertThat(call.arguments()).contains("echo \\\"hi\\\"");
                        });
        assertThat(response.tokenUsage().inputTokenCount()).isPositive();
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    private static ChatResponse streamed(StreamingChatModel model) throws Exception {
        var answer = new CompletableFuture<ChatResponse>();
        model.chat(
                REQUEST,
                new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String text) {}

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void onError(Throwable error) {
                        answer.completeExceptionally(error);
                    }
                });
        return answer.get(5, TimeUnit.SECONDS);
    }
}
