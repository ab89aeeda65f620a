package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.embedded.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path data;

    @Test
    void aBackupComesBackWithItsModes(@TempDir Path elsewhere) throws IOException {
        Secrets.in(data.resolve("secrets")).get("kept");
        Files.writeString(
                Files.createDirectories(data.resolve("logs")).resolve("x.log"), "left out");
        Path file = elsewhere.resolve("backup.tar.gz");
        assertEquals(0, Archive.backup(layout(), file));

        var fresh = new Layout(Path.of("/checkout"), elsewhere.resolve("fresh"));
        assertEquals(0, Archive.restore(fresh, file));
        Path kept = fresh.secrets().resolve("kept");
        assertEquals(Files.readString(data.resolve("secrets/kept")), Files.readString(kept));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        assertFalse(Files.exists(fresh.log("x")));
        assertEquals(
                fresh.data()
                        + " holds a system already: move it away, or name another directory with --data",
                refusal(() -> Archive.restore(fresh, file)));
        assertEquals(Files.readString(data.resolve("secrets/kept")), Files.readString(kept));
    }

    @Test
    void aRunningSystemIsNotBackedUp(@TempDir Path elsewhere) {
        Secrets.in(data.resolve("secrets")).get("kept");
        try (var _ = DataLock.take(layout())) {
            var refusal =
                    assertThrows(
                            Refusal.class,
                            () -> Archive.backup(layout(), elsewhere.resolve("backup.tar.gz")));
            assertTrue(
                    String.valueOf(refusal.getMessage()).contains("only a stopped system"),
                    refusal.getMessage());
        }
    }

    @Test
    void aBackupIsForItsOwnerOnlyAndNothingElseIsLeft(@TempDir Path elsewhere) throws IOException {
        Secrets.in(data.resolve("secrets")).get("kept");
        Path file = elsewhere.resolve("backup.tar.gz");
        Archive.backup(layout(), file);
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of(file), entries(elsewhere));
        Path nowhere = elsewhere.resolve("nowhere/backup.tar.gz");
        assertEquals(
                nowhere + " is no file in a folder that is there: name another",
                refusal(() -> Archive.backup(layout(), nowhere)));
    }

    @Test
    void aDamagedBackupIsRefusedAndLeavesNothing(@TempDir Path elsewhere) throws IOException {
        Secrets.in(data.resolve("secrets")).get("kept");
        Files.write(
                data.resolve("ballast"),
                new java.util.Random(1).ints(9999).mapToObj(Integer::toString).toList());
        Path file = elsewhere.resolve("backup.tar.gz");
        Archive.backup(layout(), file);
        byte[] whole = Files.readAllBytes(file);
        var fresh = new Layout(Path.of("/checkout"), elsewhere.resolve("fresh"));
        for (byte[] damaged :
                List.of(
                        Arrays.copyOf(whole, whole.length / 2),
                        "no archive".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        new byte[0])) {
            Files.write(file, damaged);
            String message = refusal(() -> Archive.restore(fresh, file));
            assertTrue(message.startsWith(file + " is damaged or no backup ("), message);
            assertEquals(1, message.lines().count());
            assertFalse(Files.exists(fresh.data()));
        }
    }

    private static String refusal(Executable command) {
        return String.valueOf(assertThrows(Refusal.class, command).getMessage());
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (var listed = Files.list(folder)) {
            return listed.toList();
        }
    }

    private Layout layout() {
        return new Layout(Path.of("/checkout"), data);
    }
}
