package io.orchflow.orchestration.loop;

import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.model.ModelProxy;
import io.orchflow.orchestration.model.Payer;
import io.orchflow.orchestration.model.Providers;
import io.orchflow.orchestration.model.Wire;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// Models to talk with, through the proxy: counted, and held to the budgets of who asks.
@Singleton
public class TalkModels {
    private final ModelProxy proxy;
    private final Providers providers;

    TalkModels(ModelProxy proxy, Providers providers) {
        this.proxy = proxy;
        this.providers = providers;
    }

    /// Whether a team has a provider at all.
    public boolean any(String teamId) {
        return !providers.of(teamId).isEmpty();
    }

    /// The first of the payer's team; empty where it has none.
    ///
    /// @param atMost for all that is said
    public Optional<Talk> with(Payer payer, Duration atMost) {
        return ModelChoice.of(providers.of(payer.teamId()), Wire.ofOurAgent(), null)
                .map(choice -> new Talk(choice, payer, proxy::answer, atMost));
    }
}
