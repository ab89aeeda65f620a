package io.orchflow.gateway.status;

import java.time.Instant;

/// @param since when `ready` last changed
record ServiceStatus(String name, boolean ready, Instant since) {

    ServiceStatus seen(boolean readyNow, Instant now) {
        return readyNow == ready ? this : new ServiceStatus(name, readyNow, now);
    }
}
