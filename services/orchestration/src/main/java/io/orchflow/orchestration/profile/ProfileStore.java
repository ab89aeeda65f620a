package io.orchflow.orchestration.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.model.Wire;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Profiles in a folder, read once: they are part of an installation.
@Singleton
public class ProfileStore implements ProfileCatalogue {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Profile> profiles;

    @Inject
    ProfileStore(ProfileConfig config) {
        this(config.dir());
    }

    ProfileStore(Optional<Path> dir) {
        this.profiles = dir.map(ProfileStore::read).orElse(List.of());
    }

    private static List<Profile> read(Path dir) {
        var found = new ArrayList<Profile>();
        try (var files = Files.newDirectoryStream(dir, "*.json")) {
            for (var file : files) {
                var data = JSON.readTree(Files.readAllBytes(file));
                if (data.has("headless")) {
                    found.add(profile(data));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the profiles in " + dir + " are not readable", e);
        }
        found.sort(Comparator.comparing(Profile::title));
        return List.copyOf(found);
    }

    private static Profile profile(JsonNode data) {
        return new Profile(
                data.required("id").asText(),
                data.required("title").asText(),
                Profile.Kind.valueOf(data.required("kind").asText().toUpperCase(Locale.ROOT)),
                data.required("program").asText(),
                Wire.of(data.path("wire").asText("")).orElse(null),
                data.required("structured").asBoolean(),
                data.required("install").asText());
    }

    @Override
    public List<Profile> all() {
        return profiles;
    }
}
