package io.orchflow.agent.journal;

import io.orchflow.agent.workspace.DurableFiles;
import io.orchflow.workspace.v1.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The journal on disk: numbered entries, gapless over all lives of the workspace. An entry is
/// written before [#append] returns (so that it outlives the agent) and shown to readers once it is
/// on the disk (so that a number a reader has seen never names another entry). Safe for use by
/// several threads.
final class JournalLog implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JournalLog.class);
    private static final long FILE_SIZE = 1 << 20;
    private static final int TAIL = 1024;

    private final Path folder;
    private final TreeMap<Long, Path> files = new TreeMap<>();
    // The newest entries, for readers that keep up.
    private final ArrayDeque<JournalEntry> tail = new ArrayDeque<>();
    private JournalFile active;
    private long written;
    private long durable;
    private long acknowledged;
    private boolean closed;

    JournalLog(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        acknowledged = readAcknowledged();
        try (Stream<Path> found = Files.list(folder)) {
            found.filter(path -> path.toString().endsWith(".log"))
                    .forEach(path -> files.put(firstNumber(path), path));
        }
        Map.Entry<Long, Path> last = files.lastEntry();
        active = last == null ? create(acknowledged + 1) : JournalFile.open(last.getValue());
        written = files.lastKey() - 1;
        for (JournalEntry entry : active.recover()) {
            written = entry.getNumber();
            remember(entry);
        }
        active.force();
        durable = written;
        Thread.ofVirtual().name("journal-flush").start(this::flush);
    }

    /// Gives the entry the next number and writes it.
    ///
    /// @return the entry with its number
    synchronized JournalEntry append(JournalEntry.Builder builder) {
        try {
            if (active.size() >= FILE_SIZE) {
                active.force();
                active.close();
                active = create(written + 1);
            }
            JournalEntry entry = builder.setNumber(written + 1).build();
            active.append(entry);
            written++;
            remember(entry);
            notifyAll();
            return entry;
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written", e);
        }
    }

    /// Entries behind `after`, at least one; waits for it when `wait`, otherwise empty when there
    /// is none.
    List<JournalEntry> read(long after, boolean wait) throws InterruptedException {
        Path file;
        synchronized (this) {
            while (wait && durable <= after && !closed) {
                wait();
            }
            if (durable <= after) {
                return List.of();
            }
            JournalEntry oldest = tail.peekFirst();
            if (oldest != null && oldest.getNumber() <= after + 1) {
                return between(tail, after, durable);
            }
            Map.Entry<Long, Path> holder = files.floorEntry(after + 1);
            file = holder == null ? files.firstEntry().getValue() : holder.getValue();
        }
        return readFile(file, after);
    }

    /// Everything up to this number was taken over: its files may go.
    synchronized void acknowledge(long upTo) {
        if (upTo <= acknowledged || upTo > durable) {
            return;
        }
        try {
            acknowledged = upTo;
            byte[] text = Long.toString(upTo).getBytes(StandardCharsets.US_ASCII);
            DurableFiles.replace(folder.resolve("acknowledged"), text);
            while (files.size() > 1 && files.higherKey(files.firstKey()) <= upTo + 1) {
                Files.deleteIfExists(files.pollFirstEntry().getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written", e);
        }
    }

    /// Brings everything to the disk; wakes readers, which then find the end.
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            active.force();
            durable = written;
            active.close();
            notifyAll();
        }
    }

    private void flush() {
        try {
            while (true) {
                JournalFile file;
                long upTo;
                synchronized (this) {
                    while (durable == written && !closed) {
                        wait();
                    }
                    if (closed) {
                        return;
                    }
                    file = active;
                    upTo = written;
                }
                forceQuietly(file);
                synchronized (this) {
                    durable = Math.max(durable, upTo);
                    notifyAll();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forceQuietly(JournalFile file) {
        try {
            file.force();
        } catch (IOException e) {
            // A file that was closed meanwhile was forced before that.
            LOG.debugf("journal file not forced: %s", e.getMessage());
        }
    }

    private List<JournalEntry> readFile(Path file, long after) {
        try {
            synchronized (this) {
                if (!files.containsValue(file)) {
                    return List.of();
                }
            }
            List<JournalEntry> found = between(JournalFile.read(file), after, durableNow());
            if (!found.isEmpty()) {
                return found;
            }
            // The rest of this file is lost: go on with the next one, which shows the gap.
            Map.Entry<Long, Path> next;
            synchronized (this) {
                next = files.higherEntry(firstNumber(file));
            }
            return next == null ? List.of() : readFile(next.getValue(), after);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be read", e);
        }
    }

    private synchronized long durableNow() {
        return durable;
    }

    private void remember(JournalEntry entry) {
        tail.addLast(entry);
        if (tail.size() > TAIL) {
            tail.removeFirst();
        }
    }

    private JournalFile create(long first) throws IOException {
        Path path = folder.resolve(String.format("%020d.log", first));
        files.put(first, path);
        return JournalFile.open(path);
    }

    private long readAcknowledged() throws IOException {
        Path file = folder.resolve("acknowledged");
        return Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
    }

    private static List<JournalEntry> between(
            Iterable<JournalEntry> entries, long after, long upTo) {
        List<JournalEntry> found = new ArrayList<>();
        for (JournalEntry entry : entries) {
            if (entry.getNumber() > after && entry.getNumber() <= upTo) {
                found.add(entry);
            }
        }
        return found;
    }

    private static long firstNumber(Path path) {
        String name = String.valueOf(path.getFileName());
        return Long.parseLong(name.substring(0, name.length() - ".log".length()));
    }

    /// The newest number; 0 when there is none.
    synchronized long last() {
        return written;
    }

    /// The newest entry; null when none is remembered.
    synchronized @Nullable JournalEntry newest() {
        return tail.peekLast();
    }
}
