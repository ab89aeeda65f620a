package io.orchflow.orchestration.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import io.orchflow.modelserver.Turn;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.permission.Gate;
import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.orchestration.tunnel.AgentSandbox;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Door;
import io.orchflow.orchestration.tunnel.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Both dialects, through an exchange in this process, against a scripted provider.
class StreamingModelTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private @Nullable ModelServer server;
    private boolean waits = true;

    @AfterEach
    void close() {
        http.close();
        if (server != null) {
            server.close();
        }
    }

    /// Passes on as the proxy does.
    private final class PassingOn implements Door {
        private final URI provider;

        PassingOn(URI provider) {
            this.provider = provider;
        }

        @Override
        public String path() {
            return "/v1";
        }

        @Override
        public void answer(Exchange exchange, AskingAgent agent)
                throws IOException, InterruptedException {
            if (!exchange.open()) {
                return;
            }
            headers.add(exchange.header("Content-Type").orElse("none"));
            var request =
                    HttpRequest.newBuilder(URI.create(provider + exchange.path()))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(exchange.body()))
                            .build();
            HttpResponse<InputStream> response =
                    http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() >= 300) {
                    exchange.answer(response.statusCode(), Map.of(), body.readAllBytes());
                    return;
                }
                exchange.begin(200, Map.of("content-type", "text/event-stream"));
                var buffer = new byte[7];
                for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                    exchange.piece(buffer, n);
                }
                exchange.end();
            }
        }
    }

    private record Somebody() implements AskingAgent {
        @Override
        public AgentCaller caller() {
            return new AgentCaller("team", "w", "u", "swarm", "agent", null);
        }

        @Override
        public @Nullable String wanted() {
            return null;
        }

        @Override
        public boolean mayAsk() {
            return true;
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

    private Model model(Wire wire, Turn... turns) throws IOException {
        var started = ModelServer.start(Script.steps().when("please", turns));
        server = started;
        var proxy = new PassingOn(started.url());
        var agent = new Somebody();
        var client = ProxyHttpClient.builder(call -> proxy.answer(call, agent), () -> waits);
        return StreamingModel.of(new Hello("p", "scripted", wire, 5_000, false), client)
                .with(ToolKit.all());
    }

    private static Model.Answer ask(Model model, StringBuilder words)
            throws ModelFailed, InterruptedException {
        return model.ask(
                List.of(SystemMessage.from("rules"), UserMessage.from("please work")),
                words::append);
    }

    private static ModelFailed failing(Model model) {
        var failed = catchThrowableOfType(ModelFailed.class, () -> ask(model, new StringBuilder()));
        assertThat(failed).isNotNull();
        return failed;
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "MESSAGES"})
    void wordsAndCallsArriveWithWhatTheyCost(Wire wire) throws Exception {
        var text = "Grüße, 👋 und ein langer Satz";
        var model =
                model(wire, Turn.of(new Turn.Say(text), new Turn.Run("ls"), new Turn.Run("pwd")));
        var words = new StringBuilder();

        var answer = ask(model, words);

        assertThat(words).hasToString(text);
        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.calls())
                .extracting(call -> call.name() + call.arguments())
                .containsExactly("run{\"command\":\"ls\"}", "run{\"command\":\"pwd\"}");
        assertThat(answer.calls()).doesNotHaveDuplicates();
        assertThat(answer.input() + answer.output()).isEqualTo(server().billed());
        assertThat(headers).containsExactly("application/json");
        var tools = server().seen().getFirst().conversation().tools();
        assertThat(tools).extracting("name").isEqualTo(ToolKit.names());
    }

    private ModelServer server() {
        assertThat(server).isNotNull();
        return server;
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "MESSAGES"})
    void argumentsThatAreNoJsonArriveAsTheyAre(Wire wire) throws Exception {
        var model = model(wire, Turn.of(new Turn.Call("run", "{\"command\": oops")));

        var call = ask(model, new StringBuilder()).calls().getFirst();

        assertThat(call.arguments()).isEqualTo("{\"command\": oops");
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "MESSAGES"})
    void aStreamThatIsCutMayBeAskedForAgain(Wire wire) throws Exception {
        var failed = failing(model(wire, Turn.say("A long sentence, cut.").with(new Turn.Cut(4))));

        assertThat(failed.passing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "MESSAGES"})
    void nonsenseMayBeAskedForAgain(Wire wire) throws Exception {
        assertThat(failing(model(wire, Turn.failing(new Turn.Nonsense()))).passing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "MESSAGES"})
    void refusalsAreSaidAndOnlySomePass(Wire wire) throws Exception {
        for (int status : List.of(429, 500, 503, 400, 401)) {
            var failed = failing(model(wire, Turn.failing(new Turn.Status(status))));
            assertThat(failed).hasMessage("refused, as scripted");
            assertThat(failed.passing()).isEqualTo(status == 429 || status >= 500);
            server().close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "MESSAGES"})
    void whoDoesNotWaitAnyMoreGetsNoAnswer(Wire wire) throws Exception {
        var model = model(wire, Turn.say("Hello."));
        waits = false;

        assertThat(failing(model)).hasMessageContaining("broke off");
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT", "MESSAGES"})
    void aWholeTaskIsDoneInSpiteOfABadModel(Wire wire) throws Exception {
        var model =
                model(
                        wire,
                        Turn.of(new Turn.Say("First."), new Turn.Call("run", "{oops")),
                        Turn.of(new Turn.Call("fly", "{}")),
                        Turn.run("ls"),
                        Turn.of(new Turn.Call("finish", "{\"summary\":\"Done.\"}")));
        var hands = new FakeHands();
        var limits = new Limits(9, 9, 9, 0, Duration.ZERO, 100_000);

        new AgentLoop(model, hands, () -> true, Gate.FREE, TeamTools.NONE, limits)
                .run(new Hello("please work", "scripted", wire, 100, false));

        assertThat(hands.ends).containsExactly(new End(0, "Done."));
        assertThat(hands.acted).containsExactly("run {\"command\":\"ls\"}");
        assertThat(hands.tokens).isEqualTo(server().billed());
        assertThat(hands.words).hasToString("First.");
    }
}
