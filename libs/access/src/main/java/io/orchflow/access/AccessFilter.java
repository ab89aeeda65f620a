package io.orchflow.access;

import io.orchflow.problem.Problems;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Authenticates every call to an endpoint that is not [Open].
@Singleton
public class AccessFilter {

    private static final Logger LOG = Logger.getLogger(AccessFilter.class);
    private static final String SCHEME = "Bearer ";

    private final TokenVerifier verifier;
    private final CurrentCaller current;

    AccessFilter(TokenVerifier verifier, CurrentCaller current) {
        this.verifier = verifier;
        this.current = current;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public void authenticate(ResourceInfo endpoint, ContainerRequestContext request) {
        var requires = declared(endpoint, Requires.class);
        if (requires == null && declared(endpoint, Open.class) != null) {
            return;
        }
        if (requires == null) {
            LOG.errorf("Endpoint declares no permission endpoint=%s", endpoint.getResourceMethod());
            throw Problems.forbidden("This endpoint is not open to anybody.");
        }
        var jwt = bearer(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        var caller = verifier.verify(jwt);
        Access.require(caller, requires.value());
        current.set(caller, jwt);
    }

    private static <A extends Annotation> @Nullable A declared(
            ResourceInfo endpoint, Class<A> type) {
        var onMethod = on(endpoint.getResourceMethod(), type);
        return onMethod != null ? onMethod : on(endpoint.getResourceClass(), type);
    }

    private static <A extends Annotation> @Nullable A on(AnnotatedElement element, Class<A> type) {
        return element.getAnnotation(type);
    }

    private static String bearer(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problems.unauthorized("This call needs a credential.");
        }
        return header.substring(SCHEME.length()).strip();
    }
}
