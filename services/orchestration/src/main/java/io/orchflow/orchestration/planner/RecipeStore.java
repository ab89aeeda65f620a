package io.orchflow.orchestration.planner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.plan.RecipeCatalogue;
import io.orchflow.orchestration.plan.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the catalogue's folder anew at every call: it is small, and a plan has to pin what is
/// there now.
final class RecipeStore implements RecipeCatalogue {

    private static final Pattern REFERENCE =
            Pattern.compile("(?<recipe>[^/@]+)/(?<step>[^/@]+)@(?<digest>[0-9a-f]{12,64})");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    RecipeStore(Path folder) {
        this.folder = folder;
    }

    /// @throws UncheckedIOException when the folder holds no catalogue that can be read
    Catalogue read() {
        try {
            var domains = JSON.readTree(folder.resolve("domains.json").toFile());
            return new Catalogue(
                    recipes(),
                    list(domains.path("domains"), RecipeStore::domain),
                    domains.path("fallbackFields").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("no catalogue of recipes in " + folder, e);
        }
    }

    /// Labelled requests to learn from: a line each, label, tab, text.
    ///
    /// @throws UncheckedIOException when they cannot be read
    List<Request> requests() {
        var file = folder.resolve("requests.tsv");
        try (var lines = Files.lines(file)) {
            return lines.map(line -> line.split("\t", 2))
                    .map(parts -> new Request(parts[0], parts[1]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no labelled requests in " + file, e);
        }
    }

    @Override
    public Optional<RecipeStep> find(String reference) {
        var named = REFERENCE.matcher(reference);
        if (!named.matches() || !Files.isRegularFile(folder.resolve("catalogue.json"))) {
            return Optional.empty();
        }
        try {
            return recipes().stream()
                    .filter(recipe -> recipe.id().equals(named.group("recipe")))
                    .filter(recipe -> recipe.digest().startsWith(named.group("digest")))
                    .flatMap(recipe -> step(recipe, named.group("step")).stream())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("no catalogue of recipes in " + folder, e);
        }
    }

    private static Optional<RecipeStep> step(Recipe recipe, String name) {
        return recipe.steps().stream()
                .filter(step -> step.step().equals(name))
                .map(step -> new RecipeStep(recipe.id(), name, recipe.digest()))
                .findFirst();
    }

    private List<Recipe> recipes() throws IOException {
        var recipes = new ArrayList<Recipe>();
        for (var node : JSON.readTree(folder.resolve("catalogue.json").toFile()).path("recipes")) {
            recipes.add(recipe(node));
        }
        return recipes;
    }

    private Recipe recipe(JsonNode node) throws IOException {
        var id = node.path("id").asText();
        var parameters = new LinkedHashMap<String, String>();
        node.path("parameters")
                .forEach(
                        one ->
                                parameters.put(
                                        one.path("name").asText(), one.path("default").asText()));
        return new Recipe(
                id,
                node.path("title").asText(),
                node.path("summary").asText(),
                RecipeDigest.of(folder, id),
                Topology.of(node.path("topology").asText()).orElse(Topology.MESH),
                list(node.path("languages"), JsonNode::asText),
                list(node.path("keywords"), JsonNode::asText),
                list(node.path("examples"), JsonNode::asText),
                parameters,
                variants(node.path("variants")),
                list(node.path("tasks"), RecipeStore::step),
                list(node.path("run"), RecipeStore::line));
    }

    private static Map<String, Map<String, String>> variants(JsonNode node) {
        var variants = new HashMap<String, Map<String, String>>();
        for (var variant : node.properties()) {
            var names = new HashMap<String, String>();
            variant.getValue()
                    .properties()
                    .forEach(name -> names.put(name.getKey(), name.getValue().asText()));
            variants.put(variant.getKey(), names);
        }
        return variants;
    }

    private static Recipe.Step step(JsonNode node) {
        return new Recipe.Step(
                node.path("id").asText(),
                node.path("step").asText(),
                node.path("role").asText(),
                node.path("title").asText(),
                list(node.path("dependsOn"), JsonNode::asText),
                list(node.path("acceptance"), check -> check.path("command").asText()));
    }

    private static Recipe.Line line(JsonNode node) {
        return new Recipe.Line(
                node.path("label").asText(),
                list(node.path("needs"), JsonNode::asText),
                node.path("command").asText());
    }

    private static Domain domain(JsonNode node) {
        return new Domain(
                list(node.path("words"), JsonNode::asText),
                node.path("entity").asText(),
                node.path("entities").asText(),
                node.path("fields").asText());
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        var values = new ArrayList<T>();
        array.forEach(node -> values.add(read.apply(node)));
        return values;
    }
}
