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
            Requirements.checkBuilt(layout);
            Files.createDirectories(layout.aotCache("any").getParent());
            var console = new Console(System.out);
            try (var _ = DataLock.take(layout)) {
                Descendants.adopt();
                var system = LocalSystem.prepare(layout, console, 0, true, Duration.ZERO, true);
                try {
                    system.start();
                    new Tour(system.url()).run();
                } finally {
                    system.stop();
                }
            }
            Folders.delete(data);
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot train", e);
        }
    }
}
