package io.orchflow.gateway.session;

import io.orchflow.gateway.edge.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/// `orchflow:grant:<sessionId>` is there while a session or token is good; live sockets poll it. A
/// revoked id is remembered for longer than any access token lives, so that an exchange under way
/// cannot bring its grant back.
@ApplicationScoped
public class Grants {

    static final String GRANT = "orchflow:grant:";
    static final String REVOKED = "orchflow:revoked:";
    static final String GRANT_SECONDS = "43200";

    private static final String REVOKE =
            """
            redis.call('SET', KEYS[2], '1', 'EX', 900)
            return redis.call('DEL', KEYS[1])
            """;

    private final Store store;
    private final TokenCache cache;

    Grants(Store store, TokenCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /// Blocks. All cached tokens of these people are exchanged again before their next request.
    public void changed(Collection<String> userIds) {
        userIds.forEach(cache::changed);
    }

    /// Blocks. Sockets of these sessions close within a second, and cached tokens count no more.
    public void revoke(Collection<String> sessionIds) {
        for (var id : sessionIds) {
            store.evaluate(REVOKE, List.of(GRANT + id, REVOKED + id));
        }
    }
}
