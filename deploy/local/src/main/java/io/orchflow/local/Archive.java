package io.orchflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// `./orchflow backup` and `restore`: the data directory of a stopped system as one compressed tar
/// file.
final class Archive {
    private static final String MARK = "./secrets";

    private Archive() {}

    static int backup(Layout layout, Path file) {
        if (!Files.isDirectory(layout.secrets())) {
            throw Refusal.failed("there is nothing to back up in " + layout.data());
        }
        if (file.startsWith(layout.data())) {
            throw Refusal.usage("the backup cannot lie inside of " + layout.data());
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (var _ = stopped(layout, "backed up")) {
            tar(
                    List.of(
                            "tar",
                            "--create",
                            "--gzip",
                            "--file",
                            part.toString(),
                            "--directory",
                            layout.data().toString(),
                            "--exclude=./lock",
                            "--exclude=./run",
                            "--exclude=./logs",
                            "--numeric-owner",
                            "."));
            Files.move(
                    part,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            System.out.printf(
                    "backed up %s to %s (%d MiB)%n", layout.data(), file, Files.size(file) >> 20);
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    static int restore(Layout layout, Path file) {
        if (!Files.isReadable(file)) {
            throw Refusal.failed(file + " is not there or cannot be read");
        }
        Requirements.checkData(layout.data());
        try (var _ = stopped(layout, "restored")) {
            if (Files.exists(layout.secrets())) {
                throw Refusal.failed(
                        layout.data()
                                + " holds a system already: move it away, or name another directory with --data");
            }
            tar(List.of("tar", "--list", "--gzip", "--file", file.toString(), MARK));
            tar(
                    List.of(
                            "tar",
                            "--extract",
                            "--gzip",
                            "--preserve-permissions",
                            "--file",
                            file.toString(),
                            "--directory",
                            layout.data().toString()));
        }
        System.out.println("restored " + layout.data() + " from " + file);
        return 0;
    }

    private static DataLock stopped(Layout layout, String what) {
        DataLock.runningOn(layout)
                .ifPresent(
                        pid -> {
                            throw Refusal.failed(
                                    "orchflow runs on %s (process %d): only a stopped system can be %s; ./orchflow down stops it"
                                            .formatted(layout.data(), pid, what));
                        });
        return DataLock.take(layout);
    }

    /// @throws Refusal with tar's own last words
    private static void tar(List<String> command) {
        try {
            Process tar =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectInput(new java.io.File("/dev/null"))
                            .start();
            String output =
                    new String(
                            tar.getInputStream().readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
            if (tar.waitFor() != 0) {
                throw Refusal.failed(
                        "tar failed: "
                                + output.strip().lines().reduce((_, last) -> last).orElse(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("tar cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.failed("interrupted");
        }
    }
}
