package io.orchflow.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// A problem as an answer.
final class ProblemResponse {

    private ProblemResponse() {}

    static Response of(Problem problem) {
        var response =
                Response.status(problem.status()).entity(problem.json()).type(Problem.MEDIA_TYPE);
        if (problem.retryAfterSeconds() != null) {
            response.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
        }
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }
}
