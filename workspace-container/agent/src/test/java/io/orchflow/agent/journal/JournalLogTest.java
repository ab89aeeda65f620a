package io.orchflow.agent.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.workspace.v1.JournalEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLogTest {

    @TempDir Path folder;

    @Test
    void numbersGoOnWithoutAGapInTheNextLife() throws Exception {
        try (JournalLog log = new JournalLog(folder)) {
            write(log, 3);
        }
        try (JournalLog log = new JournalLog(folder)) {
            write(log, 2);
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L), numbers(log, 0, 5));
        }
    }

    @Test
    void whatACrashHasLeftHalfWrittenIsCutOff() throws Exception {
        try (JournalLog log = new JournalLog(folder)) {
            write(log, 3);
        }
        Path file = files().getFirst();
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(raw.length() - 1);
        }
        try (JournalLog log = new JournalLog(folder)) {
            write(log, 1);
            assertEquals(List.of(1L, 2L, 3L), numbers(log, 0, 3));
        }
    }

    @Test
    void aReaderWhoIsFarBehindGetsEverythingFromTheFiles() throws Exception {
        try (JournalLog log = new JournalLog(folder)) {
            write(log, 30_000);
            assertTrue(files().size() > 1, "several files");
            assertEquals(
                    LongStream.rangeClosed(101, 30_000).boxed().toList(),
                    numbers(log, 100, 30_000));
        }
    }

    @Test
    void acknowledgedFilesGoAndTheNumbersStay() throws Exception {
        try (JournalLog log = new JournalLog(folder)) {
            write(log, 30_000);
            numbers(log, 0, 30_000);
            log.acknowledge(30_000);
            assertEquals(1, files().size());
        }
        try (JournalLog log = new JournalLog(folder)) {
            write(log, 1);
            assertEquals(List.of(30_001L), numbers(log, 30_000, 30_001));
        }
    }

    @Test
    void aFollowerIsWokenByANewEntry() throws Exception {
        try (JournalLog log = new JournalLog(folder)) {
            List<JournalEntry> found = new ArrayList<>();
            Thread follower =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            found.addAll(log.read(0, true));
                                        } catch (InterruptedException _) {
                                            Thread.currentThread().interrupt();
                                        }
                                    });
            write(log, 1);
            assertTrue(follower.join(java.time.Duration.ofSeconds(5)));
            assertEquals(1, found.getFirst().getNumber());
        }
    }

    private static void write(JournalLog log, int count) {
        for (int i = 0; i < count; i++) {
            log.append(
                    JournalEntry.newBuilder().setPaneId("some pane with an identifier of its own"));
        }
    }

    private static List<Long> numbers(JournalLog log, long after, long upTo)
            throws InterruptedException {
        List<Long> numbers = new ArrayList<>();
        long last = after;
        while (last < upTo) {
            for (JournalEntry entry : log.read(last, true)) {
                last = entry.getNumber();
                numbers.add(last);
            }
        }
        return numbers;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> path.toString().endsWith(".log")).sorted().toList();
        }
    }
}
