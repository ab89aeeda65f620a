package io.orchflow.orchestration.acp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.orchestration.tunnel.AgentSandbox;
import io.orchflow.orchestration.tunnel.AskingAgent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TerminalDoorTest {
    private final Wire wire = new Wire();
    private final FakeSandbox sandbox = new FakeSandbox();

    private record TheAgent(AgentSandbox sandbox) implements AskingAgent {
        @Override
        public AgentCaller caller() {
            throw new UnsupportedOperationException();
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
        public boolean asksFirst() {
            return false;
        }

        @Override
        public void budgetReached(String reason) {}
    }

    @AfterEach
    void hangUp() {
        wire.hangsUp();
    }

    private Thread orders(String line) {
        var door =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        new TerminalDoor().run(wire, new TheAgent(sandbox));
                                    } catch (Exception e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
        wire.says(line);
        return door;
    }

    private FakeSandbox.Terminal terminal() throws InterruptedException {
        for (int i = 0; i < 500 && sandbox.terminals.isEmpty(); i++) {
            Thread.sleep(10);
        }
        return sandbox.terminals.getFirst();
    }

    @Test
    void outputThenHowItEnded() throws Exception {
        orders(
                "{\"title\":\"ls\",\"command\":[\"/bin/bash\",\"-c\",\"ls\"],\"directory\":\"/workspace\",\"environment\":{\"A\":\"1\",\"ORCHFLOW_MODEL_TOKEN\":\"secret\"}}");
        terminal().puts("a\r\n");
        assertEquals("a\n", wire.hears().path("text").asText());
        terminal().exits(2);
        assertEquals(2, wire.hears().path("exitCode").asInt());

        var order = sandbox.orders.getFirst();
        assertEquals(List.of("/bin/bash", "-c", "ls"), order.command());
        assertEquals("1", order.environment().get("A"));
        assertFalse(order.environment().containsKey("ORCHFLOW_MODEL_TOKEN"));
        assertFalse(terminal().killed);
    }

    @Test
    void whoHangsUpEndsTheCommand() throws Exception {
        var door = orders("{\"command\":[\"sleep\",\"100\"]}");
        var terminal = terminal();

        wire.hangsUp();
        door.join(5_000);

        assertTrue(terminal.killed);
    }

    @Test
    void whatIsNoOrderIsRefusedWithWords() throws Exception {
        orders("{\"command\":[]}");

        assertTrue(wire.hears().path("error").asText().contains("no command"));
    }

    @Test
    void whatCannotBeOpenedSaysWhy() throws Exception {
        orders("{\"command\":[\"refused\"]}");

        assertTrue(wire.hears().path("error").asText().contains("16 terminals"));
    }
}
