package io.orchflow.access;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.value.ValueCommands;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Grants in Redis, asked for with one MGET. No bean, so that a service without Redis needs none:
/// make it where a [GrantWatch] is made.
public final class RedisGrants implements GrantStore {

    private final ValueCommands<String, String> values;

    public RedisGrants(RedisDataSource redis) {
        values = redis.value(String.class);
    }

    @Override
    public Set<String> present(Collection<String> sessionIds) {
        var found = values.mget(sessionIds.stream().map(PREFIX::concat).toArray(String[]::new));
        var present = new HashSet<String>();
        found.forEach(
                (key, value) -> {
                    if (value != null) {
                        present.add(key.substring(PREFIX.length()));
                    }
                });
        return present;
    }
}
