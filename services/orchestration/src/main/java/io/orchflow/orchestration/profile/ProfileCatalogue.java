package io.orchflow.orchestration.profile;

import java.util.List;
import java.util.Optional;

/// The profiles at hand.
public interface ProfileCatalogue {

    /// By their titles.
    List<Profile> all();

    default Optional<Profile> find(String id) {
        return all().stream().filter(profile -> profile.id().equals(id)).findFirst();
    }
}
