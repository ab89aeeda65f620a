package io.orchflow.orchestration.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orchflow.orchestration.loop.Hands.Said;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.tunnel.Tunnel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunnerTunnelTest {
    private static final String HELLO =
            """
            {"type":"hello","prompt":"Do it.","model":{"name":"m","wire":"messages","maxOutput":7},"interrupted":true}
            """;

    private final Bytes bytes = new Bytes();
    private final RunnerTunnel runner = new RunnerTunnel(bytes);

    @AfterEach
    void close() {
        runner.close();
    }

    /// What the runner sends, and what it is sent.
    private static final class Bytes implements Tunnel {
        private final BlockingQueue<byte[]> in = new LinkedBlockingQueue<>();
        private final List<String> out = new CopyOnWriteArrayList<>();

        void says(String text) {
            in.add(text.getBytes(UTF_8));
        }

        @Override
        public byte @Nullable [] read() throws IOException {
            try {
                var next = in.take();
                return next.length == 0 ? null : next;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void write(byte[] sent) {
            out.add(new String(sent, UTF_8));
        }

        @Override
        public void close() {}
    }

    @Test
    void linesGoBothWays() throws Exception {
        bytes.says(HELLO.substring(0, 30));
        bytes.says(HELLO.substring(30));
        bytes.says(
                """
                {"type":"result","id":"1","ok":false,"exitCode":4,"text":"no","messages":[{"from":"Ann","text":"Hi"}]}
                {"type":"over","messages":[]}
                """);

        assertThat(runner.hello()).isEqualTo(new Hello("Do it.", "m", Wire.MESSAGES, 7, true));
        assertThat(runner.act(new Hands.Call("1", "run", "{\"command\":\"x\"}")))
                .isEqualTo(new Hands.Outcome(false, 4, "no", List.of(new Said("Ann", "Hi"))));
        runner.say("wörds\n");
        runner.used(5, 6);
        assertThat(runner.end(new End(0, "Done."))).isEmpty();
        assertThat(bytes.out)
                .containsExactly(
                        "{\"type\":\"call\",\"id\":\"1\",\"tool\":\"run\",\"arguments\":{\"command\":\"x\"}}\n",
                        "{\"type\":\"text\",\"text\":\"wörds\\n\"}\n",
                        "{\"type\":\"usage\",\"input\":5,\"output\":6}\n",
                        "{\"type\":\"end\",\"exitCode\":0,\"text\":\"Done.\"}\n");
    }

    @Test
    void aBeginningThatIsNoneIsRefusedWithWords() {
        for (var bad : List.of("\"wire\":\"responses\"", "\"wire\":7", "\"maxOutput\":0")) {
            var name = bad.substring(0, bad.indexOf(':'));
            var others = new Bytes();
            try (var other = new RunnerTunnel(others)) {
                others.says(HELLO.replaceAll(name + ":[^,}]+", bad));
                assertThatThrownBy(other::hello)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("a runner begins with");
            }
        }
    }

    @Test
    void aRunnerThatIsGoneOrSpeaksOtherwiseEndsTheConversation() throws Exception {
        bytes.says("{\"type\":\"result\"}\n");
        assertThatThrownBy(runner::hello).hasMessage("the runner says result and not hello");
        bytes.says("no json\n");
        assertThatThrownBy(() -> runner.act(new Hands.Call("1", "run", "{}")))
                .isInstanceOf(IOException.class)
                .hasMessage("the runner is gone");
        assertThat(runner.open()).isFalse();
        runner.say("into the void");
        assertThatThrownBy(() -> runner.note("x")).isInstanceOf(IOException.class);
    }
}
