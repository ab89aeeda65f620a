package io.orchflow.local;

import java.util.List;
import java.util.Locale;

/// A service of the system, started from its uber jar.
///
/// @param database whether it has a PostgreSQL role and schema, both named like itself
/// @param heapMiB the JVM's largest heap
record Service(String name, boolean database, int heapMiB) {
    static final Service GATEWAY = new Service("gateway", false, 128);

    /// Those behind the gateway.
    static final List<Service> BEHIND =
            List.of(
                    new Service("orchestration", true, 256),
                    new Service("terminal", true, 256),
                    new Service("workspaces", true, 128),
                    new Service("auth", true, 128));

    String portVariable() {
        return "ORCHFLOW_" + name.toUpperCase(Locale.ROOT) + "_PORT";
    }

    String urlVariable() {
        return "ORCHFLOW_" + name.toUpperCase(Locale.ROOT) + "_URL";
    }
}
