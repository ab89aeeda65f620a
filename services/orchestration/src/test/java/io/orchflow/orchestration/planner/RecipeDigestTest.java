package io.orchflow.orchestration.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeDigestTest {

    @Test
    void theRunnerComputesTheSameForEveryRecipe() throws Exception {
        for (var recipe : new RecipeStore(LocalPlannerTest.RECIPES).read().recipes()) {
            assertEquals(said(recipe.id()), recipe.digest(), recipe.id());
        }
    }

    private static String said(String recipe) throws IOException {
        var runner = LocalPlannerTest.RECIPES.resolve("bin/orchflow-recipe").toString();
        var process = new ProcessBuilder("node", runner, "--digest", recipe).start();
        try (var out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void everyFileOfTheRecipeAndOfTheRunnerCounts(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("one/steps"));
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("one/steps/a.mjs"), "a");
        Files.writeString(folder.resolve("lib/b.mjs"), "b");
        var before = RecipeDigest.of(folder, "one");
        Files.writeString(folder.resolve("lib/b.mjs"), "c");
        var other = RecipeDigest.of(folder, "one");
        assertNotEquals(before, other);
        Files.writeString(folder.resolve("one/steps/a.mjs"), "");
        assertNotEquals(other, RecipeDigest.of(folder, "one"));
        assertThrows(NoSuchFileException.class, () -> RecipeDigest.of(folder, "two"));
    }
}
