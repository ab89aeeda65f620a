package io.orchflow.orchestration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The stand-in programs of these tests, and the real runner of our own agent beside them.
final class Profiles {
    private static final Path STAND_INS = Path.of("src/test/profiles");
    private static final Path REAL = Path.of("../../workspace-container/profiles");
    private static final Path FOLDER = Path.of("target/profiles");

    private Profiles() {}

    static String folder() {
        try {
            copy(STAND_INS, FOLDER);
            for (String part : new String[] {"bin", "lib"}) {
                copy(REAL.resolve(part), FOLDER.resolve("real").resolve(part));
            }
            var start = FOLDER.resolve("bin/orchflow-model");
            Files.writeString(
                    start,
                    "#!/bin/sh\nexec node \"$(dirname \"$0\")/../real/bin/orchflow-model\" \"$@\"\n");
            if (!start.toFile().setExecutable(true, false)) {
                throw new IOException(start + " cannot be made executable");
            }
            return FOLDER.toAbsolutePath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                var at = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(at);
                } else {
                    Files.copy(
                            one,
                            at,
                            StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
