package io.orchflow.problem;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Refuses a missing body, and the JSON literal `null`, before a resource method meets null.
@Provider
public class RequiredBodyInterceptor implements ReaderInterceptor {

    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        var body = context.proceed();
        if (body == null
                && Arrays.stream(context.getAnnotations())
                        .noneMatch(OptionalBody.class::isInstance)) {
            throw Problems.badInput("", "required", "The request needs a JSON body.");
        }
        return body;
    }
}
