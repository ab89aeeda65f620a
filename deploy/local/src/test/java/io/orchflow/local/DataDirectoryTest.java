package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertRefused(file, file + " is not a directory: name another with --data");
    }

    @Test
    void aDirectoryWithOtherFilesIsLeftAsItIs() throws IOException {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(data.resolve("thesis"), "mine");
        assertRefused(
                data, data + " holds other files: name an empty or a new directory with --data");
        assertEquals(
                "rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    }

    @Test
    void aDirectoryOfSomebodyElseIsRefused() throws IOException {
        Path theirs = Path.of("/proc/1");
        Path ours = Path.of("/proc/self");
        Path other =
                Files.getOwner(theirs).equals(Files.getOwner(ours))
                        ? Files.setOwner(
                                Files.createDirectory(data.resolve("theirs")),
                                data.getFileSystem()
                                        .getUserPrincipalLookupService()
                                        .lookupPrincipalByName("nobody"))
                        : Path.of("/");
        String owner = Files.getOwner(other).getName();
        assertRefused(
                other,
                "%s belongs to %s: run orchflow as %s, or name another directory with --data"
                        .formatted(other, owner, owner));
    }

    @Test
    void aDataDirectoryIsMadeWithItsParentsWhateverItsName() {
        Path deep = data.resolve("a b,c/\u00fc $HOME %s \"d\"");
        Requirements.checkData(deep);
        assertTrue(Files.isDirectory(deep));
    }

    @Test
    void aPathThatPostgresqlCannotTakeIsRefused() {
        assertRefused(
                data.resolve(("x".repeat(200) + "/").repeat(5)),
                "the path of the data directory is longer than 800 bytes: name a shorter one with --data");
    }

    private static void assertRefused(Path data, String message) {
        var refusal = assertThrows(Refusal.class, () -> Requirements.checkData(data));
        assertEquals(message, refusal.getMessage());
    }

    @Test
    void aPortInUseIsRefused() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            var refusal = assertThrows(Refusal.class, () -> Requirements.checkPort(port));
            assertEquals(
                    "port %d is in use: choose another with --port N (--port 0 takes any free one)"
                            .formatted(port),
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
    void theRuntimeFolderIsShortEnoughForSockets() {
        var deep = new Layout(Path.of("/checkout"), Path.of("/" + "x".repeat(200)));
        assertTrue(deep.runtime().toString().length() < 40, deep.runtime().toString());
        assertEquals(deep.runtime(), new Layout(Path.of("/other"), deep.data()).runtime());
    }

    private Layout layout() {
        return new Layout(Path.of("/checkout"), data);
    }
}
