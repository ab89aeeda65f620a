package io.orchflow.agent.workspace;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Which life of the agent this is. Taking it is also what keeps a second agent away from the same
/// workspace.
@Singleton
public class Epoch {

    private final Path state;
    private final String workspaceId;
    private long number;
    private @Nullable FileLock lock;

    public Epoch(WorkspaceConfig config) {
        state = config.state();
        workspaceId = config.id();
    }

    /// Larger for every start of the agent; 1 for the first.
    public synchronized long number() {
        if (number == 0) {
            begin();
        }
        return number;
    }

    private void begin() {
        try {
            Files.createDirectories(state);
            FileChannel channel =
                    FileChannel.open(
                            state.resolve("agent.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            lock = channel.tryLock();
            if (lock == null) {
                throw new IllegalStateException(
                        "another agent already runs workspace " + workspaceId);
            }
            Path file = state.resolve("epoch");
            long last =
                    Files.exists(file)
                            ? Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII))
                            : 0;
            String next = Long.toString(last + 1);
            DurableFiles.replace(file, next.getBytes(StandardCharsets.US_ASCII));
            number = last + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
