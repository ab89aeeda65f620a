package io.orchflow.orchestration.model;

import io.orchflow.orchestration.tunnel.AgentTokens;
import java.util.List;

/// The providers of teams. Calls block; any thread but an event loop.
public interface Providers extends AgentTokens {

    /// Of a team, the oldest first.
    List<Provider> of(String teamId);

    /// The key to show to a provider; empty where it wants none.
    ///
    /// @throws IllegalStateException it cannot be read; the message says why, for people
    String key(String providerId);
}
