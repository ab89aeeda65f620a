package io.orchflow.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The end of a log file, for messages.
public final class LastLines {
    private static final int WINDOW = 16 * 1024;

    private LastLines() {}

    /// At most `count` lines from the file's last 16 KiB; empty when it cannot be read.
    public static String of(Path file, int count) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long start = Math.max(0, channel.size() - WINDOW);
            var buffer = ByteBuffer.allocate(WINDOW);
            channel.read(buffer, start);
            String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }
}
