package io.orchflow.terminal.attachment;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/// What a viewer may say in a text frame.
sealed interface ClientMessage {

    record Resize(int cols, int rows) implements ClientMessage {}

    /// Everything before this sequence number has been rendered.
    record Ack(long seq) implements ClientMessage {}

    record Lease(boolean take) implements ClientMessage {}

    /// Nothing that this release knows.
    ///
    /// @param why a sentence for people
    record Unknown(String why) implements ClientMessage {}

    static ClientMessage parse(String text) {
        try {
            return of(new JsonObject(text));
        } catch (DecodeException | ClassCastException _) {
            return new Unknown("A text message is a JSON object.");
        }
    }

    static ClientMessage of(JsonObject json) {
        return switch (json.getValue("type") instanceof String name ? name : "") {
            case "resize" -> resize(json);
            case "ack" -> ack(json);
            case "lease" ->
                    json.getValue("take") instanceof Boolean take
                            ? new Lease(take)
                            : new Unknown("lease.take is true or false.");
            default -> new Unknown("A message has the type resize, ack or lease.");
        };
    }

    private static ClientMessage resize(JsonObject json) {
        return json.getValue("cols") instanceof Integer cols
                        && json.getValue("rows") instanceof Integer rows
                        && cols >= 2
                        && cols <= 500
                        && rows >= 1
                        && rows <= 300
                ? new Resize(cols, rows)
                : new Unknown("cols is a number from 2 to 500, and rows one from 1 to 300.");
    }

    private static ClientMessage ack(JsonObject json) {
        return json.getValue("seq") instanceof Number seq
                        && seq.longValue() >= 0
                        && !(seq instanceof Double)
                ? new Ack(seq.longValue())
                : new Unknown("ack.seq is a sequence number.");
    }
}
