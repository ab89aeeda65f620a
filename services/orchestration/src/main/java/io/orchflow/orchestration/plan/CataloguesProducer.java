package io.orchflow.orchestration.plan;

import io.orchflow.orchestration.profile.ProfileCatalogue;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts the catalogues together.
@Singleton
class CataloguesProducer {

    @Produces
    @Singleton
    Catalogues catalogues(RecipeCatalogue recipes, ProfileCatalogue profiles) {
        return new Catalogues(recipes, profiles);
    }
}
