package io.orchflow.orchestration.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The model that an agent works with.
public record ModelChoice(Provider provider, ModelOffer model, Wire wire) {

    /// @param providers of the team, the one to prefer first
    /// @param wanted `provider/model`, `provider/` or `model`; absent: the first that speaks the
    ///     wire
    public static Optional<ModelChoice> of(
            List<Provider> providers, Wire wire, @Nullable String wanted) {
        var asked = wanted == null ? "" : wanted;
        for (var provider : providers) {
            if (!provider.wires().contains(wire)) {
                continue;
            }
            var prefix = provider.name() + "/";
            var offer =
                    asked.startsWith(prefix)
                            ? provider.offer(asked.substring(prefix.length()))
                            : provider.offer(asked);
            if (offer.isPresent()) {
                return Optional.of(new ModelChoice(provider, offer.get(), wire));
            }
        }
        return Optional.empty();
    }

    /// Why there is no model, and what to do.
    public static String none(Wire wire, @Nullable String wanted) {
        return wanted == null
                ? "the team has no model provider that speaks "
                        + wire.word()
                        + ": add one in Settings, Models"
                : "no model provider of the team that speaks "
                        + wire.word()
                        + " has the model "
                        + wanted;
    }
}
