package io.orchflow.gateway.edge;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/// An answer that was read to its end.
public record WholeAnswer(int status, MultiMap headers, Buffer body) {

    /// Sends the request. Its answer's reader is there before it leaves: an answer that comes
    /// sooner than its reader would never be read.
    public static Future<WholeAnswer> to(HttpClientRequest request, Buffer body) {
        var answer = request.response().compose(WholeAnswer::read);
        // If it cannot be sent, that fails the answer.
        var _ = request.end(body);
        return answer;
    }

    private static Future<WholeAnswer> read(HttpClientResponse response) {
        return response.body()
                .map(body -> new WholeAnswer(response.statusCode(), response.headers(), body));
    }
}
