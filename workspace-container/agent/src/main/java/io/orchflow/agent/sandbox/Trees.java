package io.orchflow.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Folders whose content was written by commands that are not ours. No process of theirs may be
/// left.
public final class Trees {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG", "C.UTF-8");

    private Trees() {}

    /// Removes the folder with all below it; follows no link. Nothing happens when it is not there.
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String path = folder.toAbsolutePath().toString();
        if (HostTools.ownUid() != 0) {
            var _ =
                    run(
                            List.of(
                                    "find", path, "-type", "d", "!", "-perm", "-u+rwx", "-exec",
                                    "chmod", "u+rwx", "{}", ";"));
        }
        var _ = run(List.of("rm", "-rf", "--one-file-system", "--", path));
    }

    /// Gives the folder and all below it to a sandbox's user, where sandboxes have users of their
    /// own.
    public static void giveTo(Path folder, int uid) throws IOException {
        if (HostTools.ownUid() == 0) {
            var _ =
                    run(
                            List.of(
                                    "chown",
                                    "-Rh",
                                    uid + ":" + uid,
                                    "--",
                                    folder.toAbsolutePath().toString()));
        }
    }

    /// The folder itself where everybody may read all of it, else a copy of it that everybody may
    /// read: a sandbox's user is no owner of anything here.
    static Path readableByAll(Path folder, Path copy) throws IOException {
        String path = folder.toString();
        if (run(List.of(
                        "find", path, "(", "-type", "f", "!", "-perm", "-o+r", "-o", "-type", "d",
                        "!", "-perm", "-o+rx", ")", "-print", "-quit"))
                .isBlank()) {
            return folder;
        }
        delete(copy);
        var _ = run(List.of("cp", "-r", "--", path, copy.toString()));
        var _ = run(List.of("chmod", "-R", "a+rX", "--", copy.toString()));
        return copy;
    }

    private static String run(List<String> argv) throws IOException {
        Subprocess.Finished finished =
                Subprocess.run(
                        Subprocess.builder(argv, ENVIRONMENT, Path.of("/")),
                        null,
                        Duration.ofMinutes(10));
        if (finished.exitCode() != 0) {
            throw new IOException(argv.getFirst() + ": " + finished.lastError());
        }
        return finished.text();
    }
}
