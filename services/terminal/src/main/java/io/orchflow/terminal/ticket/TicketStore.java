package io.orchflow.terminal.ticket;

import io.orchflow.problem.Problems;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.value.ValueCommands;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Tickets in Redis, under the digest of their secret, for 30 s, each taken once. Blocks.
@ApplicationScoped
public class TicketStore {

    private static final Logger LOG = Logger.getLogger(TicketStore.class);
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final String PREFIX = "orchflow:terminal:ticket:";
    private static final int SECRET_BYTES = 32;

    private final ValueCommands<String, String> values;
    private final SecureRandom random = new SecureRandom();

    TicketStore(RedisDataSource redis) {
        this.values = redis.value(String.class);
    }

    /// @return the secret, 43 characters that need no escaping in a URL
    /// @throws io.orchflow.problem.ProblemException 503 where it cannot be kept
    public String issue(Ticket ticket) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try {
            values.setex(key(secret), LIFE.toSeconds(), write(ticket));
            return secret;
        } catch (RuntimeException e) {
            LOG.warnf("Ticket not kept paneId=%s reason=%s", ticket.paneId(), e.toString());
            throw Problems.unavailable("No ticket can be had now.", Duration.ofSeconds(2));
        }
    }

    /// Takes a ticket, so that nobody can take it again.
    ///
    /// @return empty for one that is unknown, used or too old
    /// @throws RuntimeException where it cannot be told
    public Optional<Ticket> take(String secret) {
        return Optional.ofNullable(values.getdel(key(secret))).map(TicketStore::read);
    }

    private static String key(String secret) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secret.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String write(Ticket ticket) {
        return new JsonObject()
                .put("paneId", ticket.paneId())
                .put("workspaceId", ticket.workspaceId())
                .put("role", ticket.role().word())
                .put("userId", ticket.userId())
                .put("name", ticket.name())
                .put("sessionId", ticket.sessionId())
                .encode();
    }

    private static Ticket read(String json) {
        var ticket = new JsonObject(json);
        return new Ticket(
                ticket.getString("paneId"),
                ticket.getString("workspaceId"),
                PaneRole.parse(ticket.getString("role")),
                ticket.getString("userId"),
                ticket.getString("name"),
                ticket.getString("sessionId"));
    }
}
