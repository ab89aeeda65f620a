package io.orchflow.agent.server;

import io.grpc.Context;

/// Who makes the present gRPC call.
public final class Caller {

    static final Context.Key<String> SERVICE = Context.key("orchflow-service");
    static final Context.Key<String> CONNECTION = Context.key("orchflow-connection");

    private Caller() {}

    /// The calling service's name; empty outside of a call.
    public static String service() {
        String service = SERVICE.get();
        return service == null ? "" : service;
    }

    /// Names the connection the call came on; the same for all calls on it.
    public static String connection() {
        String connection = CONNECTION.get();
        return connection == null ? "" : connection;
    }
}
