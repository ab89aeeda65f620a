package io.orchflow.orchestration.plan;

import java.util.Optional;

/// The recipes that can be run here.
public interface RecipeCatalogue {

    /// The step named by `<recipeId>/<step>@<digest12>`; empty when there is none, or its content
    /// has another digest.
    Optional<RecipeStep> find(String recipe);

    /// A step as it is now.
    ///
    /// @param recipeId the recipe, e.g. `rest-api`
    /// @param step its step, e.g. `design`
    /// @param digest SHA-256 of the recipe's files, 64 hex digits
    record RecipeStep(String recipeId, String step, String digest) {}
}
