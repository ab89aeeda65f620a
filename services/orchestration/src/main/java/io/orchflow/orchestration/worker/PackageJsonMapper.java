package io.orchflow.orchestration.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parts of a package.json that steer a check: the scripts that were there, what npm runs
/// before and after them, and the settings of test runners. Dependencies, the version, the
/// module system (`type`: it can break tests, not make them pass), entry points and new scripts
/// are work like any other.
final class PackageJsonMapper {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SETTINGS =
            List.of("jest", "mocha", "ava", "nyc", "c8", "vitest", "tap", "babel", "config");

    private PackageJsonMapper() {}

    /// Lines of shell by name.
    static Map<String, String> scripts(String text) {
        var scripts = new LinkedHashMap<String, String>();
        var file = read(text);
        if (file != null) {
            file.path("scripts")
                    .properties()
                    .forEach(entry -> scripts.put(entry.getKey(), entry.getValue().asText()));
        }
        return scripts;
    }

    /// @return `after` with the steering parts of `before`; empty where they did not change
    static Optional<String> restored(String before, String after) {
        var old = read(before);
        var file = read(after);
        if (old == null) {
            return Optional.empty();
        }
        if (file == null) {
            return Optional.of(before);
        }
        var changed = file.deepCopy();
        var scripts =
                changed.get("scripts") instanceof ObjectNode object
                        ? object
                        : changed.putObject("scripts");
        var known = new HashSet<String>();
        old.path("scripts").fieldNames().forEachRemaining(known::add);
        for (var name : known) {
            scripts.set(name, old.path("scripts").get(name));
        }
        var hooks = new HashSet<String>();
        scripts.fieldNames().forEachRemaining(hooks::add);
        for (var name : hooks) {
            if (!known.contains(name) && known.contains(name.replaceFirst("^(pre|post)", ""))) {
                scripts.remove(name);
            }
        }
        for (var name : SETTINGS) {
            if (old.has(name)) {
                changed.set(name, old.get(name));
            } else {
                changed.remove(name);
            }
        }
        if (scripts.isEmpty() && !file.has("scripts")) {
            changed.remove("scripts");
        }
        return changed.equals(file) ? Optional.empty() : Optional.of(changed.toPrettyString());
    }

    private static @Nullable ObjectNode read(String text) {
        try {
            JsonNode file = JSON.readTree(text);
            return file instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
