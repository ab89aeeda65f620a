package io.orchflow.orchestration.plan;

import io.orchflow.orchestration.profile.ProfileCatalogue;

/// What a task may be given to.
public record Catalogues(RecipeCatalogue recipes, ProfileCatalogue profiles) {}
