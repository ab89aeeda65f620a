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
            run(
                    List.of(
                            "find", path, "-type", "d", "!", "-perm", "-u+rwx", "-exec", "chmod",
                            "u+rwx", "{}", ";"));
        }
        run(List.of("rm", "-rf", "--one-file-system", "--", path));
    }

    /// Gives the folder and all below it to a sandbox's user, where sandboxes have users of their
    /// own.
    public static void giveTo(Path folder, int uid) throws IOException {
        if (HostTools.ownUid() == 0) {
            run(List.of("chown", "-Rh", uid + ":" + uid, "--", folder.toAbsolutePath().toString()));
        }
    }

    private static void run(List<String> argv) throws IOException {
        Subprocess.Finished finished =
                Subprocess.run(
                        Subprocess.builder(argv, ENVIRONMENT, Path.of("/")),
                        null,
                        Duration.ofMinutes(10));
        if (finished.exitCode() != 0) {
            throw new IOException(argv.getFirst() + ": " + finished.lastError());
        }
    }
}
