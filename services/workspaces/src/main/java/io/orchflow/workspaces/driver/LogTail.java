package io.orchflow.workspaces.driver;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads why an agent ended from the end of its log.
final class LogTail {

    private static final int BYTES = 16 << 10;
    private static final int LONGEST = 300;
    private static final Pattern ERROR =
            Pattern.compile("\\b(ERROR|FATAL|\\w*Exception|\\w*Error)\\b");
    private static final Pattern CAUSE = Pattern.compile("^Caused by: [\\w.$]+: ");

    private LogTail() {}

    /// @return the last line that tells of an error, of a stack trace its first cause; at most 300
    ///     characters
    static Optional<String> lastError(Path log) {
        return end(log).lines()
                .filter(line -> ERROR.matcher(line).find())
                .reduce((_, later) -> later)
                .map(line -> CAUSE.matcher(line.strip()).replaceFirst(""))
                .map(line -> line.length() <= LONGEST ? line : line.substring(0, LONGEST));
    }

    private static String end(Path log) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - BYTES));
            var bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }
}
