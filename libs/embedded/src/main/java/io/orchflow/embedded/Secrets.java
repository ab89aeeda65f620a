package io.orchflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Generated secrets, one file each (mode 0600) in a folder of mode 0700.
public final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Path folder;

    private Secrets(Path folder) {
        this.folder = folder;
    }

    public static Secrets in(Path folder) {
        makePrivateFolder(folder);
        return new Secrets(folder);
    }

    /// 192 random bits in hexadecimal; the same at every call and after a restart.
    public synchronized String get(String name) {
        return getOr(name, Secrets::random);
    }

    /// Like [#get], with the value for the first call made by `fresh`.
    public synchronized String getOr(String name, java.util.function.Supplier<String> fresh) {
        Path file = folder.resolve(name);
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            String value = fresh.get();
            writePrivate(file, value + "\n");
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the secret " + file, e);
        }
    }

    public static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Makes `folder` and its parents where missing; the folder itself gets mode 0700.
    public static void makePrivateFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + folder, e);
        }
    }

    /// Replaces `file` in one step; its mode is 0600 from the first byte on.
    public static void writePrivate(Path file, String content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, content);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
