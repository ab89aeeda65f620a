package io.orchflow.orchestration.planner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Fills a recipe's parameters from the words of a request.
final class ParameterReader {

    private static final Pattern NAMED =
            Pattern.compile(
                    "(?:called|named|namens|llamad[ao]|project name:?|name it|call it) [\"'`]?(?<name>[a-z][a-z0-9-]{1,39})\\b");
    private static final Map<String, String> SUFFIXES =
            Map.of("rest-api-auth", "-api", "web-app", "-app", "cli-tool", "-cli");
    private static final Map<String, List<String>> LANGUAGES =
            Map.of(
                    "node", List.of("node", "nodejs", "node.js", "javascript", "js"),
                    "python", List.of("python", "python3", "py"));
    /// What the programs of the recipes call something of their own.
    private static final Set<String> TAKEN =
            Set.copyOf(
                    Words.of(
                            "store cli command record app page route account health http token"
                                    + " collection server main throttle password login register"
                                    + " me api"));

    private final Catalogue catalogue;

    ParameterReader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /// @return a value for each of the recipe's parameters
    Map<String, String> read(String request, Recipe recipe) {
        var values = new LinkedHashMap<>(recipe.parameters());
        var subject = new SubjectReader(catalogue).read(request).map(ParameterReader::free);
        subject.ifPresent(
                found -> {
                    set(values, "entity", found.entity());
                    set(values, "entities", found.entities());
                    set(values, "fields", found.fields());
                    set(values, "project", found.trade() + SUFFIXES.getOrDefault(recipe.id(), ""));
                });
        FieldReader.read(request).ifPresent(fields -> set(values, "fields", fields));
        name(request).ifPresent(name -> set(values, "project", name));
        language(request, recipe).ifPresent(language -> set(values, "language", language));
        return values;
    }

    private static void set(Map<String, String> values, String name, String value) {
        values.computeIfPresent(name, (_, _) -> value);
    }

    private static Subject free(Subject subject) {
        if (!TAKEN.contains(subject.entity())) {
            return subject;
        }
        return new Subject(
                subject.entity() + "-record",
                subject.entity() + "-records",
                subject.fields(),
                subject.trade(),
                subject.named());
    }

    private static Optional<String> name(String request) {
        var matcher = NAMED.matcher(Words.plain(request));
        return matcher.find()
                ? Optional.of(matcher.group("name").replaceAll("-+$", ""))
                : Optional.empty();
    }

    /// The language that the request names, if the recipe can do it.
    static Optional<String> language(String request, Recipe recipe) {
        var words = Words.of(request);
        return recipe.languages().stream()
                .filter(
                        language ->
                                LANGUAGES.getOrDefault(language, List.of(language)).stream()
                                        .anyMatch(words::contains))
                .findFirst();
    }
}
