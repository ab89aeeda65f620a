package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.embedded.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path data;

    @Test
    void twoSystemsOnOneDirectoryAreRefused() {
        var layout = layout();
        try (var _ = DataLock.take(layout)) {
            var refusal = assertThrows(Refusal.class, () -> DataLock.take(layout));
            assertEquals(
                    "orchflow already runs on "
                            + data
                            + " (process "
                            + ProcessHandle.current().pid()
                            + "): stop it with ./orchflow down, or name another directory with --data",
                    refusal.getMessage());
            assertEquals(Optional.of(ProcessHandle.current().pid()), DataLock.runningOn(layout));
        }
        assertEquals(Optional.empty(), DataLock.runningOn(layout));
        DataLock.take(layout).close();
    }

    @Test
    void aPlaceThatCannotBeADirectoryIsRefused() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "");
        var refusal =
                assertThrows(Refusal.class, () -> Requirements.checkData(file.resolve("below")));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("make it writable, or name another"),
                refusal.getMessage());
    }

    @Test
    void aPortInUseIsRefused() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            var refusal = assertThrows(Refusal.class, () -> Requirements.checkPort(port));
            assertTrue(
                    String.valueOf(refusal.getMessage()).startsWith("port " + port + " is in use"),
                    refusal.getMessage());
        }
    }

    @Test
    void theSetupCodeStaysTheSameUntilItIsUsed() throws IOException {
        var code = new SetupCode(layout()).get();
        assertTrue(code.orElse("").matches("([A-Z2-9]{4}-){3}[A-Z2-9]{4}"), code.toString());
        assertEquals(code, new SetupCode(layout()).get());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(data.resolve("secrets/setup-code"))));
        new SetupCode(layout()).markUsed();
        assertEquals(Optional.empty(), new SetupCode(layout()).get());
        assertFalse(Files.exists(data.resolve("secrets/setup-code")));
    }

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
        assertThrows(Refusal.class, () -> Archive.restore(fresh, file));
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
    void theRuntimeFolderIsShortEnoughForSockets() {
        var deep = new Layout(Path.of("/checkout"), Path.of("/" + "x".repeat(200)));
        assertTrue(deep.runtime().toString().length() < 40, deep.runtime().toString());
        assertEquals(deep.runtime(), new Layout(Path.of("/other"), deep.data()).runtime());
    }

    private Layout layout() {
        return new Layout(Path.of("/checkout"), data);
    }
}
