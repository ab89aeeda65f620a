package io.orchflow.agent.life;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// How many bytes of disk a folder takes, walked at most once in a while.
final class DiskUse {

    private static final Logger LOG = Logger.getLogger(DiskUse.class);
    private static final long LIMIT_SECONDS = 30;

    private final Path folder;
    private final Duration keep;
    private long bytes;
    private long walkedAt;
    private boolean walked;

    DiskUse(Path folder, Duration keep) {
        this.folder = folder;
        this.keep = keep;
    }

    synchronized long bytes() {
        if (!walked || System.nanoTime() - walkedAt > keep.toNanos()) {
            walk();
            walked = true;
            walkedAt = System.nanoTime();
        }
        return bytes;
    }

    // du counts what files take, holes and hard links as they are; the JDK has no door to that.
    private void walk() {
        try {
            Process du =
                    new ProcessBuilder("du", "-sx", "-B1", "--", folder.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            du.getOutputStream().close();
            String answer =
                    new String(du.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (du.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && !answer.isBlank()) {
                bytes = Long.parseLong(answer.substring(0, answer.indexOf('\t')));
            }
            du.destroyForcibly();
        } catch (IOException e) {
            LOG.warnf("the disk use of the workspace is not known: %s", e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
