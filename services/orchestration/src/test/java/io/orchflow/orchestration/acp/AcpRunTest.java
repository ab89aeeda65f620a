package io.orchflow.orchestration.acp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.orchflow.orchestration.permission.Gate;
import io.orchflow.orchestration.permission.Wanted;
import io.orchflow.orchestration.tunnel.Lines;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// orchflow as the client of a program that the test plays.
class AcpRunTest {
    private final Wire wire = new Wire();
    private final FakeSandbox sandbox = new FakeSandbox();
    private volatile Gate gate = Gate.FREE;
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();

    @AfterEach
    void hangUp() {
        wire.hangsUp();
    }

    private void start() {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (var run =
                                    new AcpRun(new AcpTunnel(new Lines(wire)), sandbox, gate)) {
                                run.run();
                                over.complete(true);
                            } catch (IOException | InterruptedException e) {
                                over.completeExceptionally(e);
                            }
                        });
    }

    private void answers(JsonNode request, String result) {
        wire.says(
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
                        .formatted(request.get("id"), result));
    }

    private JsonNode request(String method) throws Exception {
        var request = wire.hears();
        assertEquals(method, request.path("method").asText(), request.toString());
        return request;
    }

    private JsonNode asks(String method, String parameters) throws Exception {
        wire.says(
                "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"%s\",\"params\":%s}"
                        .formatted(method, parameters));
        var answer = wire.hears();
        assertEquals(77, answer.path("id").asInt(), answer.toString());
        return answer;
    }

    private JsonNode prompted(String hello) throws Exception {
        start();
        wire.says(hello);
        var initialize = request("initialize");
        assertTrue(initialize.at("/params/clientCapabilities/terminal").asBoolean());
        answers(
                initialize,
                "{\"protocolVersion\":1,\"agentCapabilities\":{\"loadSession\":true},\"authMethods\":[]}");
        if (hello.contains("\"session\"")) {
            answers(request("session/load"), "{}");
        } else {
            var session = request("session/new");
            assertEquals("/workspace", session.at("/params/cwd").asText());
            answers(session, "{\"sessionId\":\"s1\"}");
        }
        return request("session/prompt");
    }

    private JsonNode prompted() throws Exception {
        return prompted("{\"orchflow\":\"hello\",\"prompt\":\"Do it\",\"cwd\":\"/workspace\"}");
    }

    private JsonNode ended(JsonNode prompt, String reason) throws Exception {
        answers(prompt, "{\"stopReason\":\"" + reason + "\"}");
        return wire.hears();
    }

    @Test
    void aPromptThenWhatPeopleWroteThenTheEnd() throws Exception {
        var prompt = prompted();
        assertEquals("Do it", prompt.at("/params/prompt/0/text").asText());

        assertEquals("inbox", ended(prompt, "end_turn").path("orchflow").asText());
        wire.says("{\"orchflow\":\"messages\",\"prompt\":\"Somebody wrote\"}");
        var second = request("session/prompt");
        assertEquals("Somebody wrote", second.at("/params/prompt/0/text").asText());
        assertEquals("inbox", ended(second, "end_turn").path("orchflow").asText());
        wire.says("{\"orchflow\":\"messages\"}");

        var end = wire.hears();
        assertEquals("end", end.path("orchflow").asText());
        assertEquals(0, end.path("exitCode").asInt(-1));
        assertTrue(over.get(5, TimeUnit.SECONDS));
    }

    @Test
    void everyOtherWayToStopIsAFailureWithWords() throws Exception {
        var end = ended(prompted(), "max_tokens");

        assertEquals(1, end.path("exitCode").asInt());
        assertTrue(end.path("reason").asText().contains("limit"), end.toString());
    }

    @Test
    void anErrorOfTheProgramIsItsReason() throws Exception {
        var prompt = prompted();
        wire.says(
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32603,\"message\":\"no money left\"}}"
                        .formatted(prompt.get("id")));

        var end = wire.hears();

        assertEquals(1, end.path("exitCode").asInt());
        assertTrue(end.path("reason").asText().contains("no money left"), end.toString());
    }

    @Test
    void aTerminalIsAPaneWhoseOutputIsPlain() throws Exception {
        prompted();
        var made =
                asks(
                        "terminal/create",
                        "{\"sessionId\":\"s1\",\"command\":\"npm\",\"args\":[\"test\"],\"cwd\":\"/workspace/a\",\"env\":[{\"name\":\"CI\",\"value\":\"1\"}],\"outputByteLimit\":9}");
        var id = made.at("/result/terminalId").asText();
        assertEquals("pane-1", id);
        var order = sandbox.orders.getFirst();
        assertEquals(List.of("npm", "test"), order.command());
        assertEquals("/workspace/a", order.directory());
        assertEquals("1", order.environment().get("CI"));

        sandbox.terminals.getFirst().puts("0123456789\r\n\u001b[32mgood\u001b[0m\r\n");
        sandbox.terminals.getFirst().exits(3);
        var terminal = "{\"sessionId\":\"s1\",\"terminalId\":\"pane-1\"}";
        var exit = asks("terminal/wait_for_exit", terminal);
        assertEquals(3, exit.at("/result/exitCode").asInt(), exit.toString());
        var output = asks("terminal/output", terminal);
        assertEquals("789\ngood\n", output.at("/result/output").asText());
        assertTrue(output.at("/result/truncated").asBoolean());
        assertFalse(asks("terminal/release", terminal).has("error"));
        assertTrue(asks("terminal/output", terminal).has("error"), "it is released");
    }

    @Test
    void aTerminalIsKilledAndALineForAShellGetsOne() throws Exception {
        prompted();
        asks("terminal/create", "{\"sessionId\":\"s1\",\"command\":\"npm test && echo\"}");
        assertEquals(
                List.of("/bin/sh", "-c", "npm test && echo"), sandbox.orders.getFirst().command());

        asks("terminal/kill", "{\"sessionId\":\"s1\",\"terminalId\":\"pane-1\"}");

        assertTrue(sandbox.terminals.getFirst().killed);
        var refused = asks("terminal/create", "{\"sessionId\":\"s1\",\"command\":\"refused\"}");
        assertTrue(refused.toString().contains("16 terminals"), refused.toString());
    }

    @Test
    void filesAreReadAndWrittenInTheSandbox() throws Exception {
        prompted();
        asks(
                "fs/write_text_file",
                "{\"sessionId\":\"s1\",\"path\":\"/workspace/a\",\"content\":\"1\\n2\\n3\\n\"}");

        var all = asks("fs/read_text_file", "{\"sessionId\":\"s1\",\"path\":\"/workspace/a\"}");
        var part =
                asks(
                        "fs/read_text_file",
                        "{\"sessionId\":\"s1\",\"path\":\"/workspace/a\",\"line\":2,\"limit\":1}");

        assertEquals("1\n2\n3\n", all.at("/result/content").asText());
        assertEquals("2", part.at("/result/content").asText());
        assertTrue(
                asks("fs/read_text_file", "{\"sessionId\":\"s1\",\"path\":\"/etc/shadow\"}")
                        .has("error"));
    }

    @Test
    void aPermissionIsGivenOnceAndShown() throws Exception {
        prompted();
        wire.says(
                "{\"jsonrpc\":\"2.0\",\"id\":78,\"method\":\"session/request_permission\",\"params\":{\"sessionId\":\"s1\",\"toolCall\":{\"toolCallId\":\"t\",\"title\":\"rm -r build\"},\"options\":["
                        + "{\"optionId\":\"always\",\"name\":\"Always\",\"kind\":\"allow_always\"},{\"optionId\":\"once\",\"name\":\"Once\",\"kind\":\"allow_once\"},{\"optionId\":\"no\",\"name\":\"No\",\"kind\":\"reject_once\"}]}}");

        var shown = wire.hears();
        var answer = wire.hears();

        assertEquals("permitted", shown.path("orchflow").asText());
        assertEquals("rm -r build", shown.path("title").asText());
        assertEquals("once", answer.at("/result/outcome/optionId").asText(), answer.toString());
    }

    @Test
    void whatAPersonDoesNotAllowIsRejectedOnce() throws Exception {
        var wishes = new LinkedBlockingQueue<Wanted>();
        gate =
                wanted -> {
                    wishes.add(wanted);
                    return false;
                };
        prompted();
        wire.says(
                "{\"jsonrpc\":\"2.0\",\"id\":78,\"method\":\"session/request_permission\",\"params\":{\"sessionId\":\"s1\",\"toolCall\":{\"toolCallId\":\"t\",\"title\":\"tidy\",\"kind\":\"execute\",\"rawInput\":{\"command\":\"rm -r build\",\"cwd\":\"/workspace\"}},\"options\":["
                        + "{\"optionId\":\"once\",\"name\":\"Once\",\"kind\":\"allow_once\"},{\"optionId\":\"no\",\"name\":\"No\",\"kind\":\"reject_once\"}]}}");

        assertEquals("asked", wire.hears().path("orchflow").asText());
        var shown = wire.hears();
        var answer = wire.hears();

        assertEquals("permitted", shown.path("orchflow").asText());
        assertFalse(shown.path("allowed").asBoolean(true));
        assertEquals("no", answer.at("/result/outcome/optionId").asText(), answer.toString());
        var wanted = Objects.requireNonNull(wishes.poll(1, TimeUnit.SECONDS));
        assertEquals(List.of("sh", "-c", "rm -r build"), wanted.argv());
        assertEquals("/workspace", wanted.cwd());
    }

    @Test
    void unknownMethodsAndNonsenseAreNoEnd() throws Exception {
        var prompt = prompted();
        wire.says("no json");
        wire.says("[1,2]");
        wire.says(
                "{\"jsonrpc\":\"2.0\",\"method\":\"session/update\",\"params\":{\"sessionId\":\"s1\",\"update\":{\"sessionUpdate\":\"of_the_future\",\"x\":1}}}");
        assertTrue(asks("terminal/dance", "{}").has("error"));

        assertEquals("inbox", ended(prompt, "end_turn").path("orchflow").asText());
    }

    @Test
    void whoWasCutOffGoesOnInItsSession() throws Exception {
        var prompt =
                prompted(
                        "{\"orchflow\":\"hello\",\"prompt\":\"Do it\",\"cwd\":\"/workspace\",\"session\":\"s0\"}");

        assertEquals("s0", prompt.at("/params/sessionId").asText());
        var text = prompt.at("/params/prompt/0/text").asText();
        assertTrue(text.contains("cut off") && text.endsWith("Do it"), text);
    }

    @Test
    void anInterruptCancelsTheTurn() throws Exception {
        var prompt = prompted();
        wire.says("{\"orchflow\":\"cancel\"}");

        assertEquals("s1", request("session/cancel").at("/params/sessionId").asText());
        assertEquals(130, ended(prompt, "cancelled").path("exitCode").asInt());
    }

    @Test
    void aLostConnectionEndsNothingButThis() throws Exception {
        prompted();

        wire.hangsUp();

        var failure = assertThrows(ExecutionException.class, () -> over.get(5, TimeUnit.SECONDS));
        assertInstanceOf(IOException.class, failure.getCause());
        assertTrue(wire.silent());
    }
}
