package io.orchflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Makes the AOT caches (JEP 514): each JVM writes its own when it ends after a start and a little
/// use.
final class Training {
    private Training() {}

    static int run(Path checkout) {
        try {
            Path data = Files.createTempDirectory("orchflow-train");
            var layout = new Layout(checkout, data);
            Requirements.checkBuilt(new Programs(layout, Programs.Build.TRAINING));
            Files.createDirectories(layout.aotCaches());
            var console = new Console(System.out);
            try (var _ = DataLock.take(layout)) {
                Descendants.adopt();
                var system =
                        LocalSystem.prepare(
                                layout, console, 0, true, Duration.ZERO, Programs.Build.TRAINING);
                var interrupted = new Thread(() -> giveUp(system, data), "stop");
                Runtime.getRuntime().addShutdownHook(interrupted);
                try {
                    system.start();
                    new Tour(system.url()).run();
                } finally {
                    system.stop();
                }
                Runtime.getRuntime().removeShutdownHook(interrupted);
            }
            Path logs = layout.aotCaches().resolve("logs");
            Folders.delete(logs);
            Files.move(layout.logs(), logs);
            Folders.delete(data);
            deleteUnfinished(layout.aotCaches());
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot train", e);
        }
    }

    private static void giveUp(LocalSystem system, Path data) {
        system.stop();
        Folders.delete(data);
    }

    private static void deleteUnfinished(Path caches) throws IOException {
        try (var files = Files.list(caches)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean ours = file.getFileName().toString().startsWith("launcher.");
                if (!ours && (file.toString().endsWith(".config") || Files.size(file) == 0)) {
                    System.out.println(
                            "  train          " + file.getFileName() + " was not finished");
                    Files.delete(file);
                }
            }
        }
    }
}
