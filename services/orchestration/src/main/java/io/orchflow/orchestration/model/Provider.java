package io.orchflow.orchestration.model;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a team's agents find models. Its key is not in here.
///
/// @param url the base that wires' paths are added to, such as `https://host/v1`
/// @param models at least one; the first is the one to take
/// @param hasKey whether a key is stored
public record Provider(
        String id,
        String teamId,
        String name,
        Set<Wire> wires,
        URI url,
        List<ModelOffer> models,
        boolean hasKey) {

    public Provider {
        wires = Set.copyOf(wires);
        models = List.copyOf(models);
    }

    public Optional<ModelOffer> model(String modelName) {
        return models.stream().filter(model -> model.name().equals(modelName)).findFirst();
    }

    /// Its first model by the wanted name, or its first model where none is wanted.
    Optional<ModelOffer> offer(String wanted) {
        return wanted.isEmpty() ? models.stream().findFirst() : model(wanted);
    }
}
