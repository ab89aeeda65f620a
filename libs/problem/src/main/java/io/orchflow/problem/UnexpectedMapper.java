package io.orchflow.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/// Everything that nobody expected: logged in full, and told only by its correlation id.
@Provider
public class UnexpectedMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(UnexpectedMapper.class);

    @Override
    public Response toResponse(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return ProblemResponse.of(problem.problem());
            }
        }
        return ProblemResponse.of(unexpected(e));
    }

    static Problem unexpected(Throwable e) {
        var correlationId = Correlation.current();
        LOG.errorf(e, "Request failed unexpectedly correlationId=%s", correlationId);
        return new Problem(
                        "unexpected",
                        500,
                        "Unexpected error",
                        "This is our fault; the log has it under " + correlationId + ".")
                .with("correlationId", correlationId);
    }
}
