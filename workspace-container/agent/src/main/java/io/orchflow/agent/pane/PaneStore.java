package io.orchflow.agent.pane;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.orchflow.agent.workspace.DurableFiles;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;

/// The pane records, a file each. Safe for use by several threads as long as no two write the same
/// pane at once.
@RegisterForReflection(targets = {PaneRecord.class, Principal.class})
final class PaneStore {

    private static final Logger LOG = Logger.getLogger(PaneStore.class);
    private static final String SUFFIX = ".json";

    private final ObjectMapper mapper =
            JsonMapper.builder()
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .build();
    private final Path folder;

    PaneStore(Path state) {
        folder = state.resolve("panes");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// On the disk when this returns.
    void write(PaneRecord pane) {
        try {
            DurableFiles.replace(file(pane.paneId()), mapper.writeValueAsBytes(pane));
        } catch (IOException e) {
            throw new UncheckedIOException("the pane's record cannot be written", e);
        }
    }

    void delete(String paneId) {
        try {
            Files.deleteIfExists(file(paneId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Oldest first. A record that cannot be read is left out and logged.
    List<PaneRecord> readAll() {
        List<PaneRecord> found = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    found.add(mapper.readValue(file.toFile(), PaneRecord.class));
                } catch (IOException e) {
                    LOG.errorf("a pane's record cannot be read: %s: %s", file, e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(Comparator.comparingLong(PaneRecord::number));
        return found;
    }

    private Path file(String paneId) {
        return folder.resolve(paneId + SUFFIX);
    }
}
