package io.orchflow.orchestration.planner;

import java.util.List;
import java.util.Optional;

/// Recipes and domains as they lie on disk now.
///
/// @param fallbackFields for an entity of no known domain
record Catalogue(List<Recipe> recipes, List<Domain> domains, String fallbackFields) {

    Catalogue {
        recipes = List.copyOf(recipes);
        domains = List.copyOf(domains);
    }

    Optional<Recipe> recipe(String id) {
        return recipes.stream().filter(recipe -> recipe.id().equals(id)).findFirst();
    }
}
