package io.orchflow.orchestration.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.orchestration.tunnel.AgentSandbox;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class McpDoorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final McpDoor door = new McpDoor(new ToolCalls(List.of(new Echo())));
    private boolean mayAsk = true;
    private int status;

    private static final class Echo implements Tool {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public String description() {
            return "Says it again.";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    Parameter.text("text", "What.", 5),
                    Parameter.number("times", "How often.", 3).optional(),
                    Parameter.texts("tags", "Words.", 2).optional());
        }

        @Override
        public String call(Arguments arguments, AskingAgent agent) throws ToolRefused {
            if (arguments.text("text").equals("no")) {
                throw new ToolRefused("Not this.");
            }
            return Quote.of(agent.caller().agentId(), arguments.text("text"))
                    .repeat(arguments.number("times").orElse(1));
        }
    }

    private final class TheAgent implements AskingAgent {
        @Override
        public AgentCaller caller() {
            return new AgentCaller("team", "w", "u", "swarm", "agent-1", null);
        }

        @Override
        public @Nullable String wanted() {
            return null;
        }

        @Override
        public boolean mayAsk() {
            return mayAsk;
        }

        @Override
        public AgentSandbox sandbox() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean asksFirst() {
            return false;
        }

        @Override
        public void budgetReached(String reason) {}
    }

    private final class TheExchange implements Exchange {
        private final String method;
        private final byte[] sent;
        private byte[] answered = new byte[0];

        TheExchange(String method, byte[] sent) {
            this.method = method;
            this.sent = sent;
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public String path() {
            return "/orchflow/v1/mcp";
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public byte[] body() {
            return sent;
        }

        @Override
        public boolean open() {
            return true;
        }

        @Override
        public void answer(int code, Map<String, String> headers, byte[] body) {
            status = code;
            answered = body;
        }

        @Override
        public void begin(int code, Map<String, String> headers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void piece(byte[] bytes, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void end() {
            throw new UnsupportedOperationException();
        }
    }

    private JsonNode post(String body) throws Exception {
        var exchange = new TheExchange("POST", body.getBytes(UTF_8));
        door.answer(exchange, new TheAgent());
        return JSON.readTree(exchange.answered);
    }

    private JsonNode call(String arguments) throws Exception {
        return post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":"
                        + arguments
                        + "}}")
                .path("result");
    }

    private String refusal(String arguments) throws Exception {
        var result = call(arguments);
        assertThat(result.path("isError").asBoolean()).isTrue();
        return result.at("/content/0/text").asText();
    }

    @Test
    void aProgramIsWelcomedInTheRevisionThatItSpeaks() throws Exception {
        var old =
                post(
                        "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\"}}");
        assertThat(old.at("/result/protocolVersion").asText()).isEqualTo("2025-03-26");
        assertThat(old.path("id").asInt(-1)).isZero();
        var unknown =
                post(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2099-01-01\"}}");
        assertThat(unknown.at("/result/protocolVersion").asText()).isEqualTo("2025-06-18");
        assertThat(unknown.at("/result/capabilities").has("tools")).isTrue();
    }

    @Test
    void aNotificationHasNoAnswer() throws Exception {
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        assertThat(status).isEqualTo(202);
    }

    @Test
    void toolsAreListedWithStrictSchemas() throws Exception {
        var tool =
                post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                        .at("/result/tools/0");
        assertThat(tool.path("name").asText()).isEqualTo("echo");
        var schema = tool.path("inputSchema");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(schema.path("required")).hasSize(1);
        assertThat(schema.at("/properties/text/maxLength").asInt()).isEqualTo(5);
        assertThat(schema.at("/properties/times/maximum").asInt()).isEqualTo(3);
        assertThat(schema.at("/properties/tags/type").asText()).isEqualTo("array");
    }

    @Test
    void aCallIsTheConnectionsAndQuotesEveryLine() throws Exception {
        var result = call("{\"text\":\"a\\nb\",\"times\":null}");
        assertThat(result.path("isError").asBoolean(true)).isFalse();
        assertThat(result.at("/content/0/text").asText()).isEqualTo("agent-1 wrote:\n> a\n> b\n");
    }

    @Test
    void whatIsNotAsTheToolWantsItIsRefusedInWords() throws Exception {
        assertThat(refusal("{}")).contains("text is missing");
        assertThat(refusal("{\"text\":\"123456\"}")).contains("1 to 5 characters");
        assertThat(refusal("{\"text\":5}")).contains("a text of");
        assertThat(refusal("{\"text\":\"a\",\"times\":4}")).contains("from 0 to 3");
        assertThat(refusal("{\"text\":\"a\",\"times\":1.5}")).contains("whole number");
        assertThat(refusal("{\"text\":\"a\",\"tags\":[\"x\",\"y\",\"z\"]}")).contains("at most 2");
        assertThat(refusal("{\"text\":\"a\",\"agentId\":\"other\"}"))
                .contains("no argument agentId");
        assertThat(refusal("[]")).contains("no object");
        assertThat(refusal("{\"text\":\"no\"}")).isEqualTo("Not this.");
    }

    @Test
    void whatIsNoRequestIsAnErrorOfTheProtocol() throws Exception {
        assertThat(post("{").at("/error/code").asInt()).isEqualTo(-32700);
        assertThat(post("[]").at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(post("{\"id\":1,\"method\":\"resources/list\"}").at("/error/code").asInt())
                .isEqualTo(-32601);
        assertThat(
                        post("{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"rm\"}}")
                                .at("/error/code")
                                .asInt())
                .isEqualTo(-32602);
        door.answer(new TheExchange("GET", new byte[0]), new TheAgent());
        assertThat(status).isEqualTo(405);
    }

    @Test
    void nothingIsDoneForAPausedSwarm() throws Exception {
        mayAsk = false;
        assertThat(refusal("{\"text\":\"a\"}")).contains("paused");
    }

    @Test
    void whoCallsWithoutEndIsSlowedDown() {
        var now = new long[1];
        var rate = new CallRate(2, Duration.ofNanos(10), () -> now[0]);
        assertThat(rate.tryCall("a")).isTrue();
        assertThat(rate.tryCall("a")).isTrue();
        assertThat(rate.tryCall("a")).isFalse();
        assertThat(rate.tryCall("b")).isTrue();
        now[0] = 10;
        assertThat(rate.tryCall("a")).isTrue();
    }
}
