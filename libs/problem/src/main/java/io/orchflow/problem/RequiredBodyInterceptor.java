package io.orchflow.problem;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Refuses a missing body, and the JSON literal `null`, before a resource method meets null; and a
/// body that is not JSON, which would otherwise become a record of one text as it is.
@Provider
public class RequiredBodyInterceptor implements ReaderInterceptor {

    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (!json(context.getMediaType())) {
            throw new NotSupportedException();
        }
        var body = read(context);
        if (body == null
                && Arrays.stream(context.getAnnotations())
                        .noneMatch(OptionalBody.class::isInstance)) {
            throw Problems.badInput("", "required", "The request needs a JSON body.");
        }
        return body;
    }

    /// Jackson blames the record where a record of one member gets it twice, and Quarkus the
    // server.
    private static @Nullable Object read(ReaderInterceptorContext context) throws IOException {
        try {
            return context.proceed();
        } catch (InvalidDefinitionException e) {
            throw new ProblemException(JsonProblems.of(e), e);
        }
    }

    private static boolean json(@Nullable MediaType type) {
        return type == null
                || type.getSubtype().equalsIgnoreCase("json")
                || type.getSubtype().toLowerCase(Locale.ROOT).endsWith("+json");
    }
}
