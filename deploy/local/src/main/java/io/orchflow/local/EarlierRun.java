package io.orchflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Parts that a killed launcher left. The kernel has told them to end (`setpriv --pdeathsig`), but
/// two databases on one directory must never meet, so a new run waits for their end.
final class EarlierRun {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(25);

    /// @param startTicks tells it from a later process with the same pid
    private record Left(String name, long pid, long startTicks) {
        boolean lives() {
            return Proc.lives(pid) && Proc.startTicks(pid).equals(Optional.of(startTicks));
        }

        void signal(boolean force) {
            if (lives()) {
                ProcessHandle.of(pid)
                        .ifPresent(
                                p -> {
                                    boolean _ = force ? p.destroyForcibly() : p.destroy();
                                });
            }
        }
    }

    private EarlierRun() {}

    /// Returns when none of them lives.
    static void end(Layout layout, Console console) {
        List<Left> left = living(layout);
        if (left.isEmpty()) {
            return;
        }
        console.progress(
                "earlier run",
                "waiting for " + String.join(", ", left.stream().map(Left::name).toList()));
        left.forEach(part -> part.signal(false));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (left.stream().anyMatch(Left::lives)) {
            if (System.nanoTime() > deadline) {
                left.forEach(part -> part.signal(true));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        console.progress("earlier run", "has ended");
    }

    private static List<Left> living(Layout layout) {
        if (!Files.isDirectory(layout.run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(layout.run())) {
            return files.flatMap(file -> read(file).stream()).filter(Left::lives).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + layout.run(), e);
        }
    }

    private static Optional<Left> read(Path file) {
        try {
            String[] words = Files.readString(file).strip().split(" ", -1);
            String name = file.getFileName().toString().replace(".pid", "");
            return Optional.of(new Left(name, Long.parseLong(words[0]), Long.parseLong(words[1])));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
