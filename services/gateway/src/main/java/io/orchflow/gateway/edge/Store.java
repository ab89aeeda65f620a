package io.orchflow.gateway.edge;

import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Redis, as sessions, limits and idempotency use it. Blocks: virtual threads only.
@ApplicationScoped
public class Store {

    private final RedisDataSource redis;

    Store(RedisDataSource redis) {
        this.redis = redis;
    }

    /// @throws ProblemException 503 where Redis does not answer
    public @Nullable Response execute(String command, String... arguments) {
        try {
            var answer = redis.execute(command, arguments);
            return answer == null ? null : answer.getDelegate();
        } catch (RuntimeException e) {
            var told =
                    Problems.unavailable(
                            "The session store (Redis) does not answer.", Duration.ofSeconds(2));
            throw new ProblemException(told.problem().with("service", "redis"), e);
        }
    }

    /// Runs a script, atomically.
    ///
    /// @throws ProblemException 503 where Redis does not answer
    public @Nullable Response evaluate(String script, List<String> keys, String... arguments) {
        var all = new String[2 + keys.size() + arguments.length];
        all[0] = script;
        all[1] = String.valueOf(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            all[2 + i] = keys.get(i);
        }
        System.arraycopy(arguments, 0, all, 2 + keys.size(), arguments.length);
        return execute("EVAL", all);
    }
}
