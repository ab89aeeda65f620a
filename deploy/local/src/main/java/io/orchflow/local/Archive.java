package io.orchflow.local;

import io.orchflow.embedded.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
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
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw Refusal.usage(file + " is no file in a folder that is there: name another");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (var _ = stopped(layout, "backed up")) {
            // It holds secrets: nobody else may read it, from its first byte on.
            Secrets.writePrivate(part, "");
            tar(
                    "cannot write " + file,
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
                            "--exclude=./lost+found",
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
            throw Refusal.failed(
                    "cannot write %s (%s): name another file"
                            .formatted(file, Requirements.reason(e)));
        } finally {
            deleteQuietly(part);
        }
    }

    static int restore(Layout layout, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw Refusal.failed(file + " is not there or cannot be read");
        }
        String broken = file + " is damaged or no backup";
        tar(broken, List.of("tar", "--list", "--gzip", "--file", file.toString(), MARK));
        Requirements.checkData(layout.data());
        Path part = layout.data().resolve("restore.part");
        try (var _ = stopped(layout, "restored")) {
            if (Files.exists(layout.secrets())) {
                throw Refusal.failed(
                        layout.data()
                                + " holds a system already: move it away, or name another directory with --data");
            }
            Folders.delete(part);
            Secrets.makePrivateFolder(part);
            tar(
                    "cannot restore to " + layout.data(),
                    List.of(
                            "tar",
                            "--extract",
                            "--gzip",
                            "--preserve-permissions",
                            "--file",
                            file.toString(),
                            "--directory",
                            part.toString()));
            moveAll(part, layout);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restore to " + layout.data(), e);
        } finally {
            Folders.delete(part);
        }
        System.out.println("restored " + layout.data() + " from " + file);
        return 0;
    }

    /// The secrets last: only with them it is a system.
    private static void moveAll(Path part, Layout layout) throws IOException {
        List<Path> entries;
        try (var listed = Files.list(part)) {
            entries = listed.sorted(Comparator.comparing(e -> e.endsWith("secrets"))).toList();
        }
        for (Path entry : entries) {
            Files.move(entry, layout.data().resolve(entry.getFileName()));
        }
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            System.err.println("orchflow: " + part + " is left: delete it");
        }
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

    /// @throws Refusal with what failed and tar's own first words about it
    private static void tar(String failure, List<String> command) {
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
                        "%s (%s)"
                                .formatted(failure, output.strip().lines().findFirst().orElse("")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("tar cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.failed("interrupted");
        }
    }
}
