package io.orchflow.modelserver;

import java.util.ArrayList;
import java.util.List;

/// An answer, before it is put on a wire.
///
/// @param id of the answer; pieces have ids made of it
record Reply(String id, String model, List<Piece> pieces, long inputTokens, long outputTokens) {
    private static final int DELTA = 12;

    Reply {
        pieces = List.copyOf(pieces);
    }

    sealed interface Piece {
        String content();
    }

    record Text(String content) implements Piece {}

    /// @param content the arguments
    record ToolCall(String id, String name, String content) implements Piece {}

    static Reply of(String id, Conversation conversation, Turn turn) {
        var pieces = new ArrayList<Piece>();
        for (Turn.Part part : turn.parts()) {
            pieces.add(
                    switch (part) {
                        case Turn.Say say -> new Text(say.text());
                        case Turn.Call call -> toolCall(id, pieces.size(), call);
                        case Turn.Run run ->
                                toolCall(
                                        id, pieces.size(), Shell.call(conversation, run.command()));
                    });
        }
        long characters = pieces.stream().mapToLong(piece -> piece.content().length()).sum();
        return new Reply(
                id,
                conversation.model(),
                pieces,
                conversation.inputTokens(),
                Conversation.tokens(characters));
    }

    private static ToolCall toolCall(String id, int number, Turn.Call call) {
        return new ToolCall("call_" + id + "_" + number, call.tool(), call.arguments());
    }

    boolean callsTools() {
        return pieces.stream().anyMatch(ToolCall.class::isInstance);
    }

    /// The content of a piece in the portions that a stream carries.
    static List<String> deltas(String content) {
        var deltas = new ArrayList<String>();
        int from = 0;
        while (from < content.length()) {
            int to = Math.min(from + DELTA, content.length());
            // No half of a character outside the basic plane.
            if (to < content.length() && Character.isHighSurrogate(content.charAt(to - 1))) {
                to--;
            }
            deltas.add(content.substring(from, to));
            from = to;
        }
        return deltas;
    }
}
