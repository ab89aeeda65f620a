package io.orchflow.local;

import io.orchflow.embedded.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;

/// Folders that come and go with a running system.
final class Folders {
    private Folders() {}

    /// Makes a private folder below a place where everybody may write.
    ///
    /// @throws Refusal when somebody else was there first
    static void makeRuntime(Path folder) {
        try {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                    && (Files.isSymbolicLink(folder)
                            || !Files.getOwner(folder)
                                    .equals(Files.getOwner(Path.of("/proc/self"))))) {
                throw Refusal.failed(folder + " is somebody else's: remove it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + folder, e);
        }
        Secrets.makePrivateFolder(folder);
    }

    /// Deletes a tree as far as it can be, unless something is mounted below. Links are not
    /// followed.
    static void delete(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || holdsMount(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("orchflow: " + folder + " cannot be deleted: " + e.getMessage());
        }
    }

    private static boolean holdsMount(Path folder) {
        try {
            return Files.readString(Path.of("/proc/self/mounts")).contains(" " + folder + "/");
        } catch (IOException e) {
            return false;
        }
    }
}
