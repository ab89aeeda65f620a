package io.orchflow.agent.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.orchflow.workspace.v1.JournalEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// One file of the journal: records of length (4 bytes, big-endian), CRC-32C of the entry (4),
/// entry (protobuf).
final class JournalFile implements AutoCloseable {

    private static final int HEAD = 8;
    private static final int MAX_ENTRY = 1 << 20;

    private final Path path;
    private final FileChannel channel;

    private JournalFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Opens for appending.
    static JournalFile open(Path path) throws IOException {
        return new JournalFile(
                path,
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE));
    }

    Path path() {
        return path;
    }

    long size() throws IOException {
        return channel.size();
    }

    void append(JournalEntry entry) throws IOException {
        byte[] bytes = entry.toByteArray();
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + bytes.length);
        buffer.putInt(bytes.length).putInt(checksum(bytes)).put(bytes).flip();
        long at = channel.size();
        try {
            long position = at;
            while (buffer.hasRemaining()) {
                position += channel.write(buffer, position);
            }
        } catch (IOException e) {
            channel.truncate(at);
            throw e;
        }
    }

    void force() throws IOException {
        channel.force(false);
    }

    /// Every whole entry, and cuts off what a crash has left half written behind them.
    List<JournalEntry> recover() throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        long good = scan(channel, entries);
        if (good < channel.size()) {
            channel.truncate(good);
            channel.force(true);
        }
        return entries;
    }

    static List<JournalEntry> read(Path path) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            scan(channel, entries);
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static long scan(FileChannel channel, List<JournalEntry> into) throws IOException {
        long position = 0;
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        while (readFully(channel, head.clear(), position)) {
            int length = head.getInt(0);
            if (length < 0 || length > MAX_ENTRY) {
                return position;
            }
            ByteBuffer body = ByteBuffer.allocate(length);
            if (!readFully(channel, body, position + HEAD)
                    || checksum(body.array()) != head.getInt(4)) {
                return position;
            }
            try {
                into.add(JournalEntry.parseFrom(body.array()));
            } catch (InvalidProtocolBufferException _) {
                return position;
            }
            position += HEAD + length;
        }
        return position;
    }

    private static boolean readFully(FileChannel channel, ByteBuffer buffer, long position)
            throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                return false;
            }
            at += count;
        }
        return true;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
