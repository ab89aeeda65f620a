package io.orchflow.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Programs unpacked from this module's jars, once per machine and content, into a folder outside
/// of every data directory: the system property `orchflow.packages`, else
/// `$XDG_CACHE_HOME/orchflow`, else `~/.cache/orchflow`.
final class Packages {
    private static final String OWNER_PROGRAM = "rwx------";

    private Packages() {}

    /// What fills an empty folder.
    interface Filling {
        void fill(Path folder) throws IOException;
    }

    /// The folder `<name>-<digest of key>`, filled when it is not there yet. Safe against others
    /// doing the same.
    static Path unpacked(String name, byte[] key, Filling filling) {
        Path folder = root().resolve(name + "-" + digest(key));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(folder.getParent());
            Path fresh = Files.createTempDirectory(folder.getParent(), "." + name);
            try {
                filling.fill(fresh);
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            } finally {
                delete(fresh);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot unpack %s to %s: make room there, or name another folder with XDG_CACHE_HOME"
                            .formatted(name, folder),
                    e);
        }
    }

    static InputStream resource(String path) throws IOException {
        InputStream in = Packages.class.getResourceAsStream(path);
        if (in == null) {
            throw new IOException(
                    "there is no " + path + " on the class path: this machine is not supported");
        }
        return in;
    }

    /// A key that changes whenever the resource does.
    static byte[] sizeOf(String path) {
        var url = Packages.class.getResource(path);
        try {
            if (url == null) {
                throw new IOException("not on the class path");
            }
            return Long.toString(url.openConnection().getContentLengthLong())
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "there is no " + path + ": this machine is not supported", e);
        }
    }

    static void copyProgram(String resource, Path target) throws IOException {
        try (var in = resource(resource)) {
            Files.copy(in, target);
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(OWNER_PROGRAM));
    }

    static void copyFile(String resource, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (var in = resource(resource)) {
            Files.copy(in, target);
        }
    }

    /// Unpacks a `.tar.xz` with its modes and symbolic links.
    static void untar(String resource, Path folder) throws IOException {
        try (var tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(resource(resource))))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                write(tar, entry, folder);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
            throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("entry leads out of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(OWNER_PROGRAM));
        }
    }

    private static Path root() {
        String chosen = System.getProperty("orchflow.packages", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen).toAbsolutePath();
        }
        Map<String, String> environment = System.getenv();
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (cache.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cache))
                .resolve("orchflow");
    }

    private static String digest(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Deletes a tree; links are deleted, not followed. Nothing happens when it is not there.
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
