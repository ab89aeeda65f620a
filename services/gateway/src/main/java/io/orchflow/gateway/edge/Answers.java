package io.orchflow.gateway.edge;

import io.orchflow.problem.Problem;
import io.orchflow.problem.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

/// Writes the answers that the gateway gives itself.
public final class Answers {

    private static final Logger LOG = Logger.getLogger(Answers.class);

    private Answers() {}

    public static Problem problemOf(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException told) {
                return told.problem();
            }
        }
        LOG.error("Request failed unexpectedly", failure);
        return new Problem(
                "unexpected", 500, "Unexpected error", "This is our fault; see the log.");
    }

    /// Ends the request with the problem; what is left of its body is read and thrown away.
    public static void fail(RoutingContext context, Throwable failure) {
        send(context, problemOf(failure));
    }

    public static void send(RoutingContext context, Problem problem) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        head(response, problem);
        response.end(Buffer.buffer(problem.json()));
        context.request().resume();
    }

    public static void head(HttpServerResponse response, Problem problem) {
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.retryAfterSeconds() != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds().toString());
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
    }

    public static void json(RoutingContext context, int status, Object body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Json.encodeToBuffer(body));
    }
}
