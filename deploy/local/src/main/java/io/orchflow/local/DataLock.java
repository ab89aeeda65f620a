package io.orchflow.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Held while a system runs on a data directory. The kernel frees it when its holder dies; the file
/// names the holder.
final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws Refusal when another process holds it
    static DataLock take(Layout layout) {
        return tryTake(layout)
                .orElseThrow(
                        () ->
                                Refusal.failed(
                                        "orchflow already runs on "
                                                + layout.data()
                                                + holder(layout)
                                                        .map(pid -> " (process " + pid + ")")
                                                        .orElse("")
                                                + ": stop it with ./orchflow down, or name another directory with --data"));
    }

    private static Optional<DataLock> tryTake(Layout layout) {
        try {
            var channel =
                    FileChannel.open(
                            layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lockOf(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            String pid = ProcessHandle.current().pid() + "\n";
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new DataLock(channel));
        } catch (IOException e) {
            throw Refusal.failed(Requirements.cannotWrite(layout.data(), e));
        }
    }

    /// The process that runs on the data directory now.
    static Optional<Long> runningOn(Layout layout) {
        if (!Files.exists(layout.lock())) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(layout.lock(), StandardOpenOption.WRITE)) {
            return lockOf(channel) == null ? holder(layout) : Optional.empty();
        } catch (IOException e) {
            throw Refusal.failed(
                    "%s cannot be looked at (%s): run orchflow as its owner"
                            .formatted(layout.lock(), Requirements.reason(e)));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot give up the lock", e);
        }
    }

    private static @Nullable FileLock lockOf(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static Optional<Long> holder(Layout layout) {
        try {
            return Optional.of(Long.valueOf(Files.readString(layout.lock()).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
