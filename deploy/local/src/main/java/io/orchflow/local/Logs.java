package io.orchflow.local;

import io.orchflow.embedded.LastLines;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// `./orchflow logs [part]`: the end of one part's log, or of each.
final class Logs {
    private static final int OF_ONE = 200;
    private static final int OF_EACH = 10;

    private Logs() {}

    static int show(Layout layout, Command.Logs options) {
        List<Path> files = files(layout);
        if (options.part().isEmpty()) {
            for (Path file : files) {
                System.out.println("== " + file);
                System.out.println(LastLines.of(file, OF_EACH));
            }
            return 0;
        }
        Path file = layout.log(options.part().get());
        if (!files.contains(file)) {
            throw Refusal.usage(
                    "there is no log of '%s' in %s; there are: %s"
                            .formatted(options.part().get(), layout.logs(), names(files)));
        }
        System.out.println(LastLines.of(file, OF_ONE));
        if (options.follow()) {
            follow(file);
        }
        return 0;
    }

    private static List<Path> files(Layout layout) {
        if (!Files.isDirectory(layout.logs())) {
            throw Refusal.failed("there are no logs in " + layout.data() + " yet");
        }
        try (var files = Files.list(layout.logs())) {
            return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + layout.logs(), e);
        }
    }

    private static String names(List<Path> files) {
        return files.stream()
                .map(file -> file.getFileName().toString().replace(".log", ""))
                .collect(Collectors.joining(", "));
    }

    /// Prints what is added, until this process is ended; a file put aside is followed by the new
    /// one.
    private static void follow(Path file) {
        var buffer = new byte[8192];
        long position = sizeOf(file);
        while (true) {
            long size = sizeOf(file);
            if (size < position) {
                position = 0;
            }
            if (size == position) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                continue;
            }
            try (var in = new RandomAccessFile(file.toFile(), "r")) {
                in.seek(position);
                int n = in.read(buffer);
                System.out.write(buffer, 0, Math.max(0, n));
                System.out.flush();
                position += Math.max(0, n);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
