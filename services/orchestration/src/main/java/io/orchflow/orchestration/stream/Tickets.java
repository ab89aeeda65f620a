package io.orchflow.orchestration.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.value.ValueCommands;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// One-time tickets for the socket of one workspace, good for 30 s. Kept in Redis, so that any
/// replica takes them.
@Singleton
public class Tickets {
    static final Duration LIFE = Duration.ofSeconds(30);
    private static final String PREFIX = "orchflow:orchestration:ticket:";

    /// What a ticket opens, and for whom.
    @RegisterForReflection
    public record Ticket(String workspaceId, String sessionId, String userId) {}

    private final ValueCommands<String, String> values;
    private final ObjectMapper json;
    private final SecureRandom random = new SecureRandom();

    Tickets(RedisDataSource redis, ObjectMapper json) {
        this.values = redis.value(String.class);
        this.json = json;
    }

    String issue(Ticket ticket) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try {
            values.setex(PREFIX + secret, LIFE.toSeconds(), json.writeValueAsString(ticket));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ticket is JSON", e);
        }
        return secret;
    }

    /// Takes a ticket: it is not good a second time.
    Optional<Ticket> redeem(String secret) {
        if (!secret.matches("[A-Za-z0-9_-]{43}")) {
            return Optional.empty();
        }
        var found = values.getdel(PREFIX + secret);
        if (found == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readValue(found, Ticket.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
