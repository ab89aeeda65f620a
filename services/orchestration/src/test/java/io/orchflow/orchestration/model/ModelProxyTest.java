package io.orchflow.orchestration.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.modelserver.ModelServer;
import io.orchflow.modelserver.Script;
import io.orchflow.modelserver.Turn;
import io.orchflow.orchestration.model.FakeSpending.Settled;
import io.orchflow.orchestration.model.Spending.Outcome;
import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.orchestration.tunnel.AgentSandbox;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Tunnel;
import io.orchflow.orchestration.tunnel.TunnelServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Agents as HTTP clients on real sockets, behind them the proxy, behind it a scripted provider.
class ModelProxyTest {
    private static final String KEY = "sk-house-0123456789";
    private static final AgentCaller CALLER =
            new AgentCaller("team", "w", "u", "swarm", "agent", null);

    private final FakeSpending spending = new FakeSpending();
    private final List<String> reached = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile boolean mayAsk = true;
    private volatile String providerKey = KEY;
    private @Nullable ModelServer server;
    private @Nullable URI upstream;
    private final ServerSocket door;

    ModelProxyTest() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private final class OneProvider implements Providers {
        @Override
        public List<Provider> of(String teamId) {
            var models =
                    List.of(
                            new ModelOffer("house", new Price(1_000_000, 0, 2_000_000), 5_000),
                            new ModelOffer("small", Price.FREE, 100));
            var wires = EnumSet.allOf(Wire.class);
            assertNotNull(upstream);
            return List.of(new Provider("p", teamId, "one", wires, upstream, models, true));
        }

        @Override
        public String key(String providerId) {
            return providerKey;
        }

        @Override
        public String token(String swarmId, String agentId) {
            return "token-of-" + agentId;
        }
    }

    private record Settings(Duration idleTimeout) implements ModelsConfig {
        @Override
        public String secret() {
            return "not used in here";
        }

        @Override
        public Duration answerTimeout() {
            return Duration.ofSeconds(2);
        }
    }

    private final class TheAgent implements AskingAgent {
        @Override
        public AgentCaller caller() {
            return CALLER;
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
        public void budgetReached(String reason) {
            reached.add(reason);
        }
    }

    private record SocketTunnel(Socket socket) implements Tunnel {
        @Override
        public byte @Nullable [] read() throws IOException {
            var buffer = new byte[4_096];
            int n = socket.getInputStream().read(buffer);
            return n < 0 ? null : Arrays.copyOf(buffer, n);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void open() {
        var settings = new Settings(Duration.ofMillis(300));
        var proxy =
                new ModelProxy(new OneProvider(), spending, new UpstreamClient(settings), settings);
        var tunnels = new TunnelServer(new OneProvider(), List.of(proxy), List.of());
        Thread.ofVirtual()
                .start(
                        () -> {
                            while (!door.isClosed()) {
                                try {
                                    var socket = door.accept();
                                    Thread.ofVirtual()
                                            .start(
                                                    () ->
                                                            tunnels.serve(
                                                                    new SocketTunnel(socket),
                                                                    new TheAgent()));
                                } catch (IOException e) {
                                    return;
                                }
                            }
                        });
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        client.close();
        if (server != null) {
            server.close();
        }
    }

    private void provider(Turn... turns) throws IOException {
        server = ModelServer.start(Script.steps().when("hello", turns), KEY);
        upstream = server.url().resolve("/v1");
    }

    private ModelServer seen() {
        assertNotNull(server);
        return server;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.getLocalPort() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer token-of-agent")
                .header("Content-Type", "application/json");
    }

    private static String hello(Wire wire, boolean stream) {
        var content =
                switch (wire) {
                    case RESPONSES -> "\"input\":\"hello\"";
                    case CHAT, MESSAGES ->
                            "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
                };
        return "{\"model\":\"house\",\"stream\":" + stream + "," + content + "}";
    }

    private HttpResponse<String> ask(Wire wire, boolean stream) throws Exception {
        return post(wire, hello(wire, stream));
    }

    private HttpResponse<String> post(Wire wire, String body) throws Exception {
        var request = request("/v1" + wire.path()).POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void await(BooleanSupplier wanted) throws InterruptedException {
        for (int i = 0; i < 500 && !wanted.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertTrue(wanted.getAsBoolean());
    }

    private Settled settled() throws InterruptedException {
        await(() -> !spending.settled.isEmpty());
        assertEquals(1, spending.settled.size());
        return spending.settled.getFirst();
    }

    // ------------------------------------------------------------------------------ what goes well

    @Test
    void everyDialectGoesThroughStreamingAndWholeAndIsCounted() throws Exception {
        provider(Turn.say("Good day."));
        for (var wire : Wire.values()) {
            for (var stream : List.of(true, false)) {
                spending.settled.clear();

                var response = ask(wire, stream);

                assertEquals(200, response.statusCode(), wire + " " + response.body());
                assertTrue(response.body().contains("Good"), response.body());
                var settled = settled();
                assertEquals(Outcome.ANSWERED, settled.outcome(), wire + " " + stream);
                assertNotNull(settled.usage());
                assertTrue(settled.usage().out() > 0);
            }
        }
        assertTrue(seen().seen().stream().allMatch(seen -> seen.key().equals(KEY)));
    }

    @Test
    void oneConnectionCarriesManyRequests() throws Exception {
        provider(Turn.say("Good day."));
        for (int i = 0; i < 50; i++) {
            assertEquals(200, ask(Wire.CHAT, i % 2 == 0).statusCode());
        }
        assertEquals(50, seen().seen().size());
    }

    @Test
    void aLongAnswerArrivesWhole() throws Exception {
        var text = "0123456789".repeat(200_000);
        provider(Turn.say(text));

        assertTrue(ask(Wire.CHAT, false).body().contains(text));
    }

    @Test
    void modelsAreListedAndAnUnknownOneIsTheTasks() throws Exception {
        provider(Turn.say("Good day."));
        var list =
                client.send(
                        request("/v1/models").GET().build(), HttpResponse.BodyHandlers.ofString());

        assertTrue(list.body().contains("\"house\"") && list.body().contains("\"small\""));
        assertEquals(
                200,
                post(Wire.CHAT, hello(Wire.CHAT, false).replace("house", "gpt-nano")).statusCode());
        assertEquals(
                200,
                post(Wire.CHAT, hello(Wire.CHAT, false).replace("house", "small")).statusCode());
        assertEquals(5_000, spending.asked.get(0).maxOutput());
        assertEquals(100, spending.asked.get(1).maxOutput());
    }

    // ------------------------------------------------------------------------------ who may come

    @Test
    void anotherTokenIsNotLetIn() throws Exception {
        provider(Turn.say("Good day."));
        var request =
                request("/v1/responses")
                        .setHeader("Authorization", "Bearer token-of-another")
                        .POST(HttpRequest.BodyPublishers.ofString(hello(Wire.RESPONSES, false)));

        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());

        assertEquals(401, response.statusCode());
        assertTrue(seen().seen().isEmpty());
        assertTrue(spending.asked.isEmpty());
    }

    @Test
    void anotherPathIsNotThere() throws Exception {
        provider();
        for (var path : List.of("/", "/v1/files", "/v1/responses/../models/x", "/v1/chat")) {
            var request = request(path).POST(HttpRequest.BodyPublishers.ofString("{}")).build();
            assertEquals(
                    404,
                    client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode(),
                    path);
        }
    }

    @Test
    void whatIsNoHttpEndsTheConnection() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("NONSENSE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertTrue(in.readAllBytes().length > 0);
        }
    }

    // ------------------------------------------------------------------------------ budgets

    @Test
    void theAnswerIsHeldToWhatMayBeSpent() throws Exception {
        provider(Turn.say("Good day."));
        spending.tokens = 3_000L;
        var body = hello(Wire.RESPONSES, false);

        ask(Wire.RESPONSES, false);

        assertEquals(body.length(), spending.asked.getFirst().input());
        assertEquals(5_000, spending.asked.getFirst().maxOutput());
    }

    @Test
    void aCallThatMayCostTooMuchWaitsAndGoesOnWhenTheLimitIsRaised() throws Exception {
        provider(Turn.say("Good day."));
        spending.tokens = 1_000L;
        var answer = CompletableFuture.supplyAsync(this::askedLater);

        await(() -> !reached.isEmpty());
        assertFalse(answer.isDone());
        assertEquals("the budget of 1,000 tokens for this swarm is used up", reached.getFirst());
        assertTrue(seen().seen().isEmpty());
        spending.tokens = 100_000L;

        assertEquals(200, answer.get(10, TimeUnit.SECONDS).statusCode());
    }

    private HttpResponse<String> askedLater() {
        try {
            return ask(Wire.CHAT, true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCallWaitsForOthersThatMayGiveBackWhatTheyReserved() throws Exception {
        provider(Turn.say("Good day."));
        spending.tokens = 10_000L;
        spending.reserved = new Spend(9_900, 0);
        var answer = CompletableFuture.supplyAsync(this::askedLater);

        await(() -> spending.asked.size() > 1);
        assertTrue(reached.isEmpty());
        spending.reserved = Spend.NONE;

        assertEquals(200, answer.get(10, TimeUnit.SECONDS).statusCode());
    }

    @Test
    void aPausedSwarmAsksNothingNew() throws Exception {
        provider(Turn.say("Good day."));
        mayAsk = false;
        var answer = CompletableFuture.supplyAsync(this::askedLater);

        Thread.sleep(300);
        assertTrue(spending.asked.isEmpty());
        mayAsk = true;

        assertEquals(200, answer.get(10, TimeUnit.SECONDS).statusCode());
    }

    @Test
    void whoeverGoesWhileItWaitsIsNotAskedFor() throws Exception {
        provider(Turn.say("Good day."));
        mayAsk = false;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort())) {
            var body = hello(Wire.CHAT, false);
            var head =
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-of-agent\r\n"
                            + "Content-Length: %d\r\n\r\n".formatted(body.length());
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(200);
        }
        Thread.sleep(300);
        mayAsk = true;
        Thread.sleep(700);

        assertTrue(spending.asked.isEmpty());
    }

    // ------------------------------------------------------------------------------ what goes
    // wrong

    @Test
    void aRefusedKeyIsSaidWithoutIt() throws Exception {
        provider(Turn.say("Good day."));
        providerKey = "sk-wrong-abcdef";

        var response = ask(Wire.RESPONSES, true);

        assertEquals(401, response.statusCode());
        assertTrue(response.body().contains("set it again in Settings"), response.body());
        assertFalse(response.body().contains("sk-wrong"));
        assertEquals(new Settled(Outcome.REFUSED, null), settled());
    }

    @Test
    void aRefusalGoesBackAsItIsAndCostsNothing() throws Exception {
        for (int status : new int[] {400, 429, 500, 529}) {
            provider(Turn.failing(new Turn.Status(status)));
            spending.settled.clear();

            var response = ask(Wire.CHAT, true);

            assertEquals(status, response.statusCode());
            assertEquals(
                    status == 429 ? "1" : "none",
                    response.headers().firstValue("Retry-After").orElse("none"));
            assertEquals(new Settled(Outcome.REFUSED, null), settled());
            seen().close();
        }
    }

    @Test
    void aProviderThatIsNotThereCostsNothing() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            upstream = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/v1");
        }

        var response = ask(Wire.CHAT, false);

        assertEquals(502, response.statusCode());
        assertTrue(response.body().contains("nothing answers at 127.0.0.1"), response.body());
        assertEquals(new Settled(Outcome.REFUSED, null), settled());
    }

    @Test
    void aStreamThatIsCutIsCutForTheAgentTooAndCountsInFull() throws Exception {
        provider(Turn.say("Good day.").with(new Turn.Cut(2)));

        assertThrows(IOException.class, () -> ask(Wire.RESPONSES, true));
        assertEquals(new Settled(Outcome.UNKNOWN, null), settled());
    }

    @Test
    void aProviderThatNeverAnswersIsGivenUp() throws Exception {
        provider(Turn.failing(new Turn.Silence()));

        var response = ask(Wire.CHAT, true);

        assertEquals(504, response.statusCode());
        assertEquals(new Settled(Outcome.UNKNOWN, null), settled());
    }

    @Test
    void aProviderThatFallsSilentIsGivenUp() throws Exception {
        provider(Turn.say("one two three four").slowly(Duration.ofMillis(1_500)));

        assertThrows(IOException.class, () -> ask(Wire.CHAT, true));
        assertEquals(new Settled(Outcome.UNKNOWN, null), settled());
    }

    @Test
    void nonsenseGoesThroughAndCountsInFull() throws Exception {
        provider(Turn.failing(new Turn.Nonsense()));

        assertEquals("<html>not a model</html>", ask(Wire.CHAT, false).body());
        assertEquals(new Settled(Outcome.UNKNOWN, null), settled());
    }

    @Test
    void whatCannotBeBoundIsNotPassedOn() throws Exception {
        provider(Turn.say("Good day."));

        var response = post(Wire.RESPONSES, "{\"previous_response_id\":\"r\"}");

        assertEquals(400, response.statusCode());
        assertTrue(response.body().contains("send all of it"), response.body());
        assertTrue(spending.asked.isEmpty());
    }
}
