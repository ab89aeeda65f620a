package io.orchflow.orchestration.model;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// A provider in the API, without its key.
public record ProviderView(
        String id,
        String teamId,
        String name,
        List<String> wires,
        String url,
        @Schema(description = "Whether a key is stored.") boolean hasKey,
        List<ProviderBody.ModelBody> models) {

    static ProviderView of(Provider provider) {
        return new ProviderView(
                provider.id(),
                provider.teamId(),
                provider.name(),
                provider.wires().stream().map(Wire::word).sorted().toList(),
                provider.url().toString(),
                provider.hasKey(),
                provider.models().stream().map(ProviderBody.ModelBody::of).toList());
    }
}
