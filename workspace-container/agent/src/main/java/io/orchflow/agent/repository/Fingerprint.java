package io.orchflow.agent.repository;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Tells whether a working tree may have changed, by names, sizes and times alone.
final class Fingerprint extends SimpleFileVisitor<Path> {

    private final Path root;
    private long sum;
    private long files;

    private Fingerprint(Path root) {
        this.root = root;
    }

    /// The same text for the same tree; git's own folder does not count, links are not followed.
    static String of(Path root) throws IOException {
        Fingerprint fingerprint = new Fingerprint(root);
        Files.walkFileTree(root, fingerprint);
        return fingerprint.files + ":" + Long.toHexString(fingerprint.sum);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return folder.equals(root.resolve(".git"))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        long hash = root.relativize(file).toString().hashCode();
        hash = 31 * hash + attributes.size();
        hash = 31 * hash + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        hash = 31 * hash + Objects.hashCode(attributes.fileKey());
        // Order does not count: a folder may list its files in any.
        sum += hash * 0x9E37_79B9_7F4A_7C15L;
        files++;
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE;
    }
}
