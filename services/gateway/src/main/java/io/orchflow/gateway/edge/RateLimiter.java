package io.orchflow.gateway.edge;

import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/// Limits requests by the generic cell rate algorithm, in Redis and by its clock, so that replicas
/// count together. Without Redis nobody is limited: sessions need it anyway.
@ApplicationScoped
public class RateLimiter {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);

    /// Answers the microseconds to wait, 0 for admitted. The key holds the theoretical arrival time
    /// in microseconds.
    private static final String ADMIT =
            """
            local now = redis.call('TIME')
            now = now[1] * 1000000 + now[2]
            local interval = tonumber(ARGV[1])
            local tolerance = interval * tonumber(ARGV[2])
            local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + interval
            if arrival - now > tolerance then return arrival - now - tolerance end
            redis.call('SET', KEYS[1], string.format('%.0f', arrival),
                'PX', math.ceil((arrival - now) / 1000) + 1)
            return 0
            """;

    private final Store store;
    private final GatewayConfig.Limits limits;

    RateLimiter(Store store, GatewayConfig config) {
        this.store = store;
        this.limits = config.limits();
    }

    /// @throws ProblemException 429
    public void admitPrincipal(String principal) {
        admit("principal:" + principal, limits.principalRate(), limits.principalBurst());
    }

    /// @throws ProblemException 429
    public void admitAddress(String address) {
        admit("address:" + address, limits.addressRate(), limits.addressBurst());
    }

    private void admit(String whom, int rate, int burst) {
        var micros = String.valueOf(1_000_000L / rate);
        long wait;
        try {
            var answer =
                    store.evaluate(
                            ADMIT, List.of("orchflow:rate:" + whom), micros, String.valueOf(burst));
            wait = answer == null ? 0 : answer.toLong();
        } catch (ProblemException e) {
            LOG.debug("Rate limit not checked: Redis does not answer", e);
            return;
        }
        if (wait > 0) {
            throw Problems.tooManyRequests(
                    "More than " + rate + " requests a second, after a burst of " + burst + ".",
                    Duration.ofNanos(wait * 1000));
        }
    }
}
