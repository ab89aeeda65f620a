package io.orchflow.orchestration.model;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageSourceTest {

    /// However the bytes are cut.
    private static @Nullable Usage of(Wire wire, boolean events, String answer) {
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        Usage whole = null;
        for (int size : new int[] {1, 7, bytes.length + 1}) {
            var source = new UsageSource(wire, events);
            for (int from = 0; from < bytes.length; from += size) {
                var part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size));
                source.take(part, part.length);
            }
            var usage = source.end();
            if (size > 1) {
                assertEquals(whole, usage, "in pieces of " + size);
            }
            whole = usage;
        }
        return whole;
    }

    @Test
    void aWholeAnswerSaysIt() {
        assertEquals(
                new Usage(12, 4, 3),
                of(
                        Wire.RESPONSES,
                        false,
                        "{\"usage\":{\"input_tokens\":12,\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":3}}"));
        assertEquals(
                new Usage(12, 4, 3),
                of(
                        Wire.CHAT,
                        false,
                        "{\"usage\":{\"prompt_tokens\":12,\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion_tokens\":3}}"));
        assertEquals(
                new Usage(18, 4, 3),
                of(
                        Wire.MESSAGES,
                        false,
                        "{\"usage\":{\"input_tokens\":12,\"cache_read_input_tokens\":4,\"cache_creation_input_tokens\":2,\"output_tokens\":3}}"));
    }

    /// A stream of these data, one event each.
    private static String events(String end, String... data) {
        return Stream.of(data).map(one -> "data: " + one + end + end).collect(joining());
    }

    @Test
    void aStreamSaysItAtItsEnd() {
        assertEquals(
                new Usage(12, 0, 3),
                of(
                        Wire.RESPONSES,
                        true,
                        events(
                                "\r\n",
                                "{\"delta\":\"\\\"usage\\\": é\"}",
                                "{\"response\":{\"usage\":{\"input_tokens\":12,\"output_tokens\":3}}}")));
        assertEquals(
                new Usage(12, 0, 3),
                of(
                        Wire.CHAT,
                        true,
                        events(
                                "\n",
                                "{\"choices\":[{}],\"usage\":null}",
                                "{\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}",
                                "[DONE]")));
        assertEquals(
                new Usage(16, 4, 30),
                of(
                        Wire.MESSAGES,
                        true,
                        events(
                                "\n",
                                "{\"message\":{\"usage\":{\"input_tokens\":12,\"cache_read_input_tokens\":4}}}",
                                "{\"type\":\"message_delta\",\"usage\":{\"output_tokens\":30}}")));
    }

    @Test
    void aStreamThatWasCutSaysNothing() {
        assertNull(of(Wire.RESPONSES, true, "data: {\"response\":{\"usage\":{\"input_to"));
        assertNull(
                of(
                        Wire.MESSAGES,
                        true,
                        "data: {\"message\":{\"usage\":{\"input_tokens\":12,\"output_tokens\":1}}}\n\n"));
        assertNull(of(Wire.CHAT, true, "data: {\"choices\":[{\"delta\":{}}]}\n\n"));
        assertNull(of(Wire.CHAT, false, "<html>not a model</html>"));
        assertNull(of(Wire.CHAT, false, ""));
    }
}
