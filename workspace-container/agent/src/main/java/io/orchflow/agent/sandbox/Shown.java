package io.orchflow.agent.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What orchflow itself shows in a sandbox, each with its `bin` on the path.
///
/// @param recipes the catalogue of recipes; null: none
/// @param profiles the profiles of agent programs; null: none
public record Shown(@Nullable Path recipes, @Nullable Path profiles) {

    public static final Shown NOTHING = new Shown(null, null);

    private static final ObjectMapper JSON = new ObjectMapper();

    /// The same where everybody may read it: folders that are not readable are copied.
    Shown readableBelow(Path base) throws IOException {
        return new Shown(
                readable(recipes, base.resolve("recipes")),
                readable(profiles, base.resolve("profiles")));
    }

    private static @Nullable Path readable(@Nullable Path folder, Path copy) throws IOException {
        return folder == null
                ? null
                : Trees.readableByAll(folder.toAbsolutePath().normalize(), copy);
    }

    /// Names of the programs that the profiles start.
    List<String> programs() throws IOException {
        var names = new TreeSet<String>();
        if (profiles != null && Files.isDirectory(profiles)) {
            try (var files = Files.newDirectoryStream(profiles, "*.json")) {
                for (var file : files) {
                    var name = JSON.readTree(Files.readAllBytes(file)).path("program").asText("");
                    if (!name.isEmpty()) {
                        names.add(name);
                    }
                }
            }
        }
        return List.copyOf(names);
    }
}
