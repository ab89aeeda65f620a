package io.orchflow.agent.attempt;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// JSON files that are either the old or the new one after a crash, never half of it.
final class JsonFolder {

    private static final Logger LOG = Logger.getLogger(JsonFolder.class);

    private final Path folder;
    private final ObjectMapper json;

    JsonFolder(Path folder, ObjectMapper json) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.json = json;
    }

    /// On return the value is on the disk.
    void write(String name, Object value) throws IOException {
        Path fresh = folder.resolve(name + "." + System.nanoTime() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(value));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(
                fresh,
                folder.resolve(name + ".json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    <T> Optional<T> read(String name, Class<T> type) throws IOException {
        Path file = folder.resolve(name + ".json");
        return Files.isRegularFile(file)
                ? Optional.of(json.readValue(file.toFile(), type))
                : Optional.empty();
    }

    /// Every value of the folder; one that cannot be read is reported and left out.
    <T> List<T> readAll(Class<T> type) throws IOException {
        List<T> values = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                try {
                    values.add(json.readValue(file.toFile(), type));
                } catch (IOException e) {
                    LOG.errorf("%s cannot be read: %s", file, e.getMessage());
                }
            }
        }
        return values;
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name + ".json"));
    }
}
