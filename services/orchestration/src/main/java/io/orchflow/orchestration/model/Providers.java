package io.orchflow.orchestration.model;

import java.util.List;

/// The providers of teams. Calls block; any thread but an event loop.
public interface Providers {

    /// Of a team, the oldest first.
    List<Provider> of(String teamId);

    /// The key to show to a provider; empty where it wants none.
    ///
    /// @throws IllegalStateException it cannot be read; the message says why, for people
    String key(String providerId);

    /// What an agent shows to the proxy; good for as long as its attempt lives, since nobody else
    /// has a way to come.
    String token(String swarmId, String agentId);
}
