package io.orchflow.terminal.attachment;

import io.netty.channel.Channel;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;

/// Refuses nobody, but keeps hold of the connection below a socket: a WebSocketConnection cannot be
/// paused, and would queue what a client sends without bound.
@ApplicationScoped
class ReadingCheck implements HttpUpgradeCheck {

    private static final TypedKey<Channel> CHANNEL = new TypedKey<>("orchflow.channel");

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        if (context.httpRequest().connection() instanceof ConnectionBase connection) {
            context.userData().put(CHANNEL, connection.channel());
        }
        return CheckResult.permitUpgrade();
    }

    /// Stops or starts the reading from the network. Any thread.
    static void reading(WebSocketConnection connection, boolean on) {
        var channel = connection.userData().get(CHANNEL);
        if (channel != null) {
            channel.config().setAutoRead(on);
        }
    }
}
