package io.orchflow.terminal.attachment;

import io.orchflow.terminal.ticket.PaneRole;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// What a client may say in a text frame on a socket with channels.
sealed interface ChannelMessage {

    /// Attach to a pane.
    ///
    /// @param role absent: as far as permitted
    /// @param from sequence number to resume at
    record Open(int channel, String paneId, Optional<PaneRole> role, long from)
            implements ChannelMessage {}

    record Close(int channel) implements ChannelMessage {}

    /// Something that a viewer of one pane says.
    record Said(int channel, ClientMessage message) implements ChannelMessage {}

    /// Asks for a pong with the same id.
    ///
    /// @param id a text or a number
    record Ping(Object id) implements ChannelMessage {}

    /// Nothing that this release knows.
    ///
    /// @param why a sentence for people
    record Unknown(Optional<Integer> channel, String why) implements ChannelMessage {}

    static ChannelMessage parse(String text) {
        try {
            return of(new JsonObject(text));
        } catch (DecodeException | ClassCastException _) {
            return new Unknown(Optional.empty(), "A text message is a JSON object.");
        }
    }

    private static ChannelMessage of(JsonObject json) {
        var type = json.getValue("type");
        if ("ping".equals(type)) {
            return ping(json);
        }
        if (!(json.getValue("channel") instanceof Integer channel) || channel <= 0) {
            return new Unknown(Optional.empty(), "channel is a whole number above 0.");
        }
        return switch (type instanceof String name ? name : "") {
            case "open" -> open(channel, json);
            case "close" -> new Close(channel);
            case "resize", "ack", "lease" -> new Said(channel, ClientMessage.of(json));
            default ->
                    new Unknown(
                            Optional.of(channel),
                            "A message has the type open, close, resize, ack, lease or ping.");
        };
    }

    private static ChannelMessage open(int channel, JsonObject json) {
        var word = json.getValue("role");
        var from = json.getValue("from", 0);
        if (!(json.getValue("paneId") instanceof String paneId)
                || !paneId.matches("[\\w-]{1,64}")) {
            return new Unknown(Optional.of(channel), "open.paneId is the id of a pane.");
        }
        if (word != null && !word.equals("driver") && !word.equals("viewer")) {
            return new Unknown(Optional.of(channel), "open.role is driver or viewer.");
        }
        if (!(from instanceof Integer || from instanceof Long) || ((Number) from).longValue() < 0) {
            return new Unknown(Optional.of(channel), "open.from is a sequence number.");
        }
        var role = Optional.ofNullable(word).map(w -> PaneRole.parse(w.toString()));
        return new Open(channel, paneId, role, ((Number) from).longValue());
    }

    private static ChannelMessage ping(JsonObject json) {
        var id = json.getValue("id");
        return id instanceof Number || (id instanceof String text && text.length() <= 64)
                ? new Ping(id)
                : new Unknown(Optional.empty(), "ping.id is a number or a short text.");
    }
}
