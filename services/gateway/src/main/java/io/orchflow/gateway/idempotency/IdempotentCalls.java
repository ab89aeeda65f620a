package io.orchflow.gateway.idempotency;

import io.orchflow.gateway.edge.Blocking;
import io.orchflow.gateway.edge.GatewayConfig;
import io.orchflow.gateway.edge.Store;
import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs each intended effect once, across gateways, and gives repeats the first answer for 24
/// hours.
/// Blocks: virtual threads only.
@ApplicationScoped
public class IdempotentCalls {

    /// The service was cut off in the middle: nobody knows whether it had done its work.
    public static final class Uncertain extends RuntimeException {
        public Uncertain(Throwable cause) {
            super("The outcome is unknown", cause);
        }
    }

    /// One try at the effect.
    public interface Attempt {
        /// @throws Uncertain where the effect may have been had
        /// @throws RuntimeException where it surely was not
        StoredAnswer run();
    }

    private static final Logger LOG = Logger.getLogger(IdempotentCalls.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(40);
    private static final String DAY = "86400";

    /// A row of a gateway that died is free again after this many seconds.
    private static final String LEASE = "6";
    private static final long RENEW_MILLIS = 2000;

    private static final String BEGIN =
            """
            if redis.call('EXISTS', KEYS[1]) == 0 then
                redis.call('HSET', KEYS[1], 'request', ARGV[1], 'owner', ARGV[2], 'state', 'running')
                redis.call('EXPIRE', KEYS[1], ARGV[3])
                return {'begun'}
            end
            local row = redis.call('HMGET', KEYS[1], 'request', 'state', 'answer')
            if row[1] ~= ARGV[1] then return {'different'} end
            return {row[2], row[3] or ''}
            """;

    private static final String FINISH =
            """
            if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
            if ARGV[2] == 'free' then return redis.call('DEL', KEYS[1]) end
            redis.call('HSET', KEYS[1], 'state', ARGV[2], 'answer', ARGV[3])
            return redis.call('EXPIRE', KEYS[1], ARGV[4])
            """;

    private static final String RENEW =
            """
            if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
            return redis.call('EXPIRE', KEYS[1], ARGV[2])
            """;

    private final Vertx vertx;
    private final Store store;
    private final AnswerSeal seal;

    IdempotentCalls(Vertx vertx, Store store, GatewayConfig config) {
        this.vertx = vertx;
        this.store = store;
        this.seal = new AnswerSeal(config.internalSecret());
    }

    /// @throws ProblemException 400 for another body under the same key; 409 while the first still
    /// runs after 10 s, or where its outcome is unknown
    public StoredAnswer once(IdempotencyKey key, Attempt attempt) {
        var owner = UUID.randomUUID().toString();
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            var row = store.evaluate(BEGIN, List.of(key.row()), key.request(), owner, LEASE);
            var state = row == null ? "begun" : row.get(0).toString();
            switch (state) {
                case "begun" -> {
                    return run(key, owner, attempt);
                }
                case "done" -> {
                    return StoredAnswer.fromBytes(seal.open(key, stored(row)));
                }
                case "different" -> throw different();
                case "unknown" -> throw unknown();
                default -> waitUntil(deadline);
            }
        }
    }

    private static String stored(@Nullable Response row) {
        return row == null ? "" : row.get(1).toString();
    }

    private StoredAnswer run(IdempotencyKey key, String owner, Attempt attempt) {
        var renewal = vertx.setPeriodic(RENEW_MILLIS, _ -> renew(key, owner));
        try {
            var answer = attempt.run();
            vertx.cancelTimer(renewal);
            if (answer.done()) {
                finish(key, owner, "done", seal.seal(key, answer.toBytes()));
            } else {
                finish(key, owner, "free", "");
            }
            return answer;
        } catch (Uncertain e) {
            finish(key, owner, "unknown", "");
            throw e;
        } catch (RuntimeException e) {
            finish(key, owner, "free", "");
            throw e;
        } finally {
            vertx.cancelTimer(renewal);
        }
    }

    private void renew(IdempotencyKey key, String owner) {
        Blocking.call(vertx, () -> store.evaluate(RENEW, List.of(key.row()), owner, LEASE))
                .onFailure(e -> LOG.debug("A running call was not renewed", e));
    }

    private void finish(IdempotencyKey key, String owner, String state, String answer) {
        store.evaluate(FINISH, List.of(key.row()), owner, state, answer, DAY);
    }

    private static void waitUntil(Instant deadline) {
        if (Instant.now().isAfter(deadline)) {
            throw Problems.conflict(
                    "still-running", "The first request with this Idempotency-Key still runs.");
        }
        LockSupport.parkNanos(POLL.toNanos());
    }

    private static ProblemException different() {
        return Problems.badInput(
                "Idempotency-Key",
                "different-body",
                "This Idempotency-Key was used with another body; each intent needs its own key.");
    }

    private static ProblemException unknown() {
        return Problems.conflict(
                "outcome-unknown",
                "The service was cut off during the first request with this Idempotency-Key. Look"
                        + " whether it was done, then ask again with a new key.");
    }
}
