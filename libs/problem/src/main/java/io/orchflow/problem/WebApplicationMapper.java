package io.orchflow.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;

/// What JAX-RS itself refuses: no such path, method, media type, a body over the limit.
@Provider
public class WebApplicationMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException e) {
        var original = e.getResponse();
        if (original.getStatus() < 400 || original.hasEntity()) {
            return original;
        }
        if (e.getCause() instanceof ProblemException problem) {
            return ProblemResponse.of(problem.problem());
        }
        if (e.getCause() instanceof JsonProcessingException json) {
            return ProblemResponse.of(JsonProblems.of(json));
        }
        if (original.getStatus() >= 500) {
            return ProblemResponse.of(UnexpectedMapper.unexpected(e));
        }
        var response = Response.fromResponse(ProblemResponse.of(problem(original)));
        var allow = original.getHeaderString(HttpHeaders.ALLOW);
        return allow == null ? response.build() : response.header(HttpHeaders.ALLOW, allow).build();
    }

    private static Problem problem(Response response) {
        return switch (response.getStatus()) {
            case 401 -> Problems.unauthorized("This call needs a credential.").problem();
            case 403 -> Problems.forbidden("This call is not allowed.").problem();
            case 404 ->
                    new Problem("not-found", 404, "Not found", "There is nothing at this path.");
            case 405 ->
                    new Problem(
                            "method-not-allowed",
                            405,
                            "Method not allowed",
                            "This path does not take this method.");
            case 406 ->
                    new Problem(
                            "not-acceptable",
                            406,
                            "Not acceptable",
                            "This call cannot answer in the type that Accept asks for.");
            case 413 -> Problems.tooLarge("The body is larger than this call takes.").problem();
            case 415 ->
                    new Problem(
                            "unsupported-media-type",
                            415,
                            "Unsupported media type",
                            "This call takes another Content-Type.");
            default -> plain(response.getStatusInfo());
        };
    }

    private static Problem plain(Response.StatusType status) {
        var phrase = status.getReasonPhrase();
        var slug =
                status.getStatusCode() == 400
                        ? "bad-input"
                        : phrase.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return new Problem(
                slug, status.getStatusCode(), phrase, "The request was refused: " + phrase + ".");
    }
}
