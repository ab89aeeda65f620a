package io.orchflow.orchestration.model;

import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A provider as it comes from a client.
///
/// @param key absent: the stored one stays; empty: none
public record ProviderBody(
        @Nullable @Schema(description = "Only when it is made.") String teamId,
        @Nullable @Schema(maxLength = 64, description = "Unique in the team.") String name,
        @Nullable
                @Schema(
                        description =
                                "The dialects it speaks, each one of `responses`, `chat` and `messages`.")
                List<@Nullable String> wires,
        @Nullable
                @Schema(
                        maxLength = ProviderRules.LONGEST_URL,
                        description =
                                "The base that `/responses`, `/chat/completions` or `/messages` is added to, such as `https://api.example.com/v1`.")
                String url,
        @Nullable
                @Schema(
                        writeOnly = true,
                        maxLength = ProviderRules.LONGEST_KEY,
                        description =
                                "Never shown again. Absent: the stored one stays; empty: none.")
                String key,
        @Nullable
                @Schema(
                        maxItems = ProviderRules.MOST_MODELS,
                        description = "The first is taken where a task names none.")
                List<@Nullable ModelBody> models) {

    /// @param maxOutputTokens of an answer where an agent names no limit
    public record ModelBody(
            @Nullable @Schema(maxLength = 200, description = "As the provider calls it.")
                    String name,
            @Nullable @Schema(description = "For a million tokens of requests.")
                    BigDecimal inputUsd,
            @Nullable
                    @Schema(
                            description =
                                    "For a million tokens of requests that came from the provider's cache; absent: as `inputUsd`.")
                    BigDecimal cachedInputUsd,
            @Nullable @Schema(description = "For a million tokens of answers.")
                    BigDecimal outputUsd,
            @Nullable
                    @Schema(
                            minimum = "1",
                            description =
                                    "The longest answer where an agent names no limit itself; absent: 32,000.")
                    Integer maxOutputTokens) {

        static ModelBody of(ModelOffer offer) {
            var price = offer.price();
            return new ModelBody(
                    offer.name(),
                    usd(price.in()),
                    price.cached() == price.in() ? null : usd(price.cached()),
                    usd(price.out()),
                    offer.maxOutput() == ModelOffer.MAX_OUTPUT ? null : offer.maxOutput());
        }

        private static @Nullable BigDecimal usd(long micros) {
            return micros == 0 ? null : BigDecimal.valueOf(micros, 6).stripTrailingZeros();
        }
    }
}
