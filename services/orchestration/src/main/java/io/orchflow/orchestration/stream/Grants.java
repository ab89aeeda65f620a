package io.orchflow.orchestration.stream;

import io.orchflow.access.GrantWatch;
import io.orchflow.access.RedisGrants;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the watch over the sessions of live readers.
final class Grants {

    @Produces
    @Singleton
    GrantWatch watch(RedisDataSource redis) {
        return new GrantWatch(new RedisGrants(redis));
    }

    void close(@Disposes GrantWatch watch) {
        watch.close();
    }
}
