package io.orchflow.terminal.attachment;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The query of a stream's URL.
///
/// @param from sequence number to resume at; 0 for none, and for what is no sequence number
record StreamQuery(String ticket, long from) {

    /// @return empty where there is no ticket
    static Optional<StreamQuery> parse(@Nullable String query) {
        if (query == null) {
            return Optional.empty();
        }
        try {
            var parameters = new QueryStringDecoder(query, false).parameters();
            var ticket = parameters.getOrDefault("ticket", List.of("")).getFirst();
            var from = parameters.getOrDefault("from", List.of("0")).getFirst();
            return ticket.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new StreamQuery(ticket, seq(from)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static long seq(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
