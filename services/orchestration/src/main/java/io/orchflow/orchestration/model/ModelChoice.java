package io.orchflow.orchestration.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The model that an agent works with.
public record ModelChoice(Provider provider, ModelOffer model, Wire wire) {

    /// @param providers of the team, the one to prefer first
    /// @param wanted `provider/model`, `provider/` or `model`; absent: the first that speaks the
    ///     wire
    public static Optional<ModelChoice> of(
            List<Provider> providers, Wire wire, @Nullable String wanted) {
        return of(providers, List.of(wire), wanted);
    }

    /// @param wires of which one will do, the one to prefer first
    public static Optional<ModelChoice> of(
            List<Provider> providers, List<Wire> wires, @Nullable String wanted) {
        var asked = wanted == null ? "" : wanted;
        for (var provider : providers) {
            var wire = wires.stream().filter(provider.wires()::contains).findFirst();
            if (wire.isEmpty()) {
                continue;
            }
            var prefix = provider.name() + "/";
            var offer =
                    asked.startsWith(prefix)
                            ? provider.offer(asked.substring(prefix.length()))
                            : provider.offer(asked);
            if (offer.isPresent()) {
                return Optional.of(new ModelChoice(provider, offer.get(), wire.get()));
            }
        }
        return Optional.empty();
    }

    /// Why there is no model, and what to do.
    public static String none(Wire wire, @Nullable String wanted) {
        return none(List.of(wire), wanted);
    }

    /// The same, where one of several dialects would do.
    public static String none(List<Wire> wires, @Nullable String wanted) {
        var words = wires.stream().map(Wire::word).collect(Collectors.joining(" or "));
        return wanted == null
                ? "the team has no model provider that speaks "
                        + words
                        + ": add one in Settings, Models"
                : "no model provider of the team that speaks " + words + " has the model " + wanted;
    }
}
