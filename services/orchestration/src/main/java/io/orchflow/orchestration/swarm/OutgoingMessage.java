package io.orchflow.orchestration.swarm;

import java.time.Instant;

/// A person's message on its way to an agent.
public record OutgoingMessage(
        String messageId,
        String agentId,
        String text,
        String fromUserId,
        String fromName,
        Instant sentAt) {}
