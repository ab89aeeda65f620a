package io.orchflow.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A folder whose packages npm installs.
final class NpmFolder {
    private NpmFolder() {}

    /// Installs what the folder's lock file names, at the first use.
    ///
    /// @throws IOException npm cannot do it here; the message says what it said
    static Path installed(Path folder) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            Path log = Files.createTempFile("orchflow-npm", ".log");
            Process npm =
                    new ProcessBuilder("npm", "install", "--no-save", "--no-audit", "--no-fund")
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new IOException("npm install in " + folder + ": " + Files.readString(log));
            }
        }
        return folder;
    }
}
