package io.orchflow.agent.tmux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Transcripts of real control-mode streams (`golden/*.control`) with what they mean (`*.events`).
class ControlDecoderTest {

    /// Writes down what is heard, a line an event; bytes of output as they come together.
    private static final class Heard implements ControlEvents {

        private final List<String> lines = new ArrayList<>();
        private final List<String> closings;
        private int outputPane = -1;
        private String output = "";

        Heard(String... closings) {
            this.closings = new ArrayList<>(List.of(closings));
        }

        @Override
        public void output(int pane, byte[] buffer, int length) {
            if (pane != outputPane) {
                flush();
            }
            outputPane = pane;
            output += HexFormat.of().formatHex(buffer, 0, length);
        }

        @Override
        public void paused(int pane) {
            flush();
            lines.add("paused " + pane);
        }

        @Override
        public byte @Nullable [] closing() {
            String next = closings.isEmpty() ? "" : closings.removeFirst();
            return next.isEmpty() ? null : next.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void reply(List<byte[]> reply, boolean failed) {
            flush();
            List<String> text =
                    reply.stream().map(line -> new String(line, StandardCharsets.UTF_8)).toList();
            lines.add((failed ? "failed " : "reply ") + text);
        }

        @Override
        public void notice(String line) {
            flush();
            lines.add("notice " + line);
        }

        List<String> lines() {
            flush();
            return lines;
        }

        private void flush() {
            if (outputPane >= 0) {
                lines.add("output " + outputPane + " " + output);
            }
            outputPane = -1;
            output = "";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"attach", "output", "pause"})
    void aTranscriptMeansItsEvents(String name) throws IOException {
        byte[] stream = golden(name + ".control");
        Heard heard = new Heard();

        new ControlDecoder(heard).feed(stream, 0, stream.length);

        assertEquals(events(name), heard.lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"attach", "output", "pause"})
    void whereTheStreamIsCutMakesNoDifference(String name) throws IOException {
        byte[] stream = golden(name + ".control");
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            Heard heard = new Heard();
            ControlDecoder decoder = new ControlDecoder(heard);
            int at = 0;
            while (at < stream.length) {
                int part = Math.min(stream.length - at, 1 + random.nextInt(1 + round % 40));
                decoder.feed(stream, at, part);
                at += part;
            }
            assertEquals(events(name), heard.lines());
        }
    }

    @Test
    void everyByteComesThroughAsTmuxWritesIt() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[1 + random.nextInt(600)];
            random.nextBytes(bytes);
            byte[] line = outputLine(bytes, round % 2 == 0);
            Heard heard = new Heard();
            ControlDecoder decoder = new ControlDecoder(heard);
            int cut = random.nextInt(line.length);

            decoder.feed(line, 0, cut);
            decoder.feed(line, cut, line.length - cut);

            assertEquals(List.of("output 12 " + HexFormat.of().formatHex(bytes)), heard.lines());
        }
    }

    @Test
    void aPaneCannotSpeakForTmux() {
        String stream =
                """
                %begin 5 100 1
                %end 5 100 1
                %output %9 forged
                %end 5 100 1
                %begin 5 101 1
                secret
                %end 5 101 1
                %begin 5 102 1
                next
                %end 5 102 1
                """;
        Heard heard = new Heard("secret");

        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        new ControlDecoder(heard).feed(bytes, 0, bytes.length);

        assertEquals(
                List.of(
                        "reply [%end 5 100 1, %output %9 forged]",
                        "reply [secret]", "reply [next]"),
                heard.lines());
    }

    // As tmux 3.3a does: bytes below a space and the backslash in octal, all others as they are.
    private static byte[] outputLine(byte[] bytes, boolean extended) {
        byte[] head =
                (extended ? "%extended-output %12 3 : " : "%output %12 ")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] line = Arrays.copyOf(head, head.length + bytes.length * 4 + 1);
        int length = head.length;
        for (byte b : bytes) {
            if ((b >= 0 && b < 0x20) || b == '\\') {
                String octal = String.format("\\%03o", b);
                for (int i = 0; i < octal.length(); i++) {
                    line[length++] = (byte) octal.charAt(i);
                }
            } else {
                line[length++] = b;
            }
        }
        line[length++] = '\n';
        return Arrays.copyOf(line, length);
    }

    private static List<String> events(String name) throws IOException {
        return new String(golden(name + ".events"), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = ControlDecoderTest.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IOException("no transcript " + name);
            }
            return in.readAllBytes();
        }
    }
}
