package io.orchflow.orchestration.mail;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A message in a swarm.
///
/// @param swarmId only in events
@RegisterForReflection
record MailView(
        @Nullable String swarmId,
        String id,
        PartyView from,
        PartyView to,
        String text,
        Instant sentAt,
        @Schema(description = "When the last receiver got it; absent for a person's message.")
                @Nullable Instant deliveredAt,
        @Schema(description = "When the last receiver had read it.")
                @Nullable Instant acknowledgedAt,
        @Schema(description = "Why it was not sent on, as its sender was told.")
                @Nullable String refused) {

    /// @param kind `agent` or `user`; of receivers `agent`, `all` or `people`
    /// @param name a person's name, or an agent's role
    @RegisterForReflection
    record PartyView(String kind, @Nullable String id, @Nullable String name) {}
}
