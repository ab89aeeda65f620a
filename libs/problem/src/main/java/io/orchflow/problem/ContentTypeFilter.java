package io.orchflow.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.ArrayList;
import java.util.List;

/// Takes a request without `Content-Type` for JSON: a POST without a body need not name one.
@Provider
@PreMatching
public class ContentTypeFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        request.getHeaders()
                .computeIfAbsent(
                        HttpHeaders.CONTENT_TYPE,
                        _ -> new ArrayList<>(List.of(MediaType.APPLICATION_JSON)));
    }
}
