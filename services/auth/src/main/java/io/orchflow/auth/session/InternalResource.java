package io.orchflow.auth.session;

import io.orchflow.access.Open;
import io.orchflow.problem.Problems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What only the gateway asks: exchanges, and the end of a session.
@Path("/internal")
@RunOnVirtualThread
public class InternalResource {

    private static final String HEADER = "Orchflow-Internal";
    private static final String GUARDED = "guarded by the secret shared with the gateway";

    public record Credential(@Nullable String refreshToken, @Nullable String personalAccessToken) {}

    private final SessionService sessions;
    private final Optional<String> secret;

    InternalResource(
            SessionService sessions,
            @ConfigProperty(name = "orchflow.internal-secret") Optional<String> secret) {
        this.sessions = sessions;
        this.secret = secret;
    }

    @POST
    @Path("token")
    @Open(GUARDED)
    public SessionService.Exchange token(
            @HeaderParam(HEADER) @Nullable String given, Credential body) {
        guard(given);
        if (body.refreshToken() != null) {
            return sessions.refresh(body.refreshToken());
        }
        if (body.personalAccessToken() != null) {
            return sessions.exchange(body.personalAccessToken());
        }
        throw Problems.badInput(
                "refreshToken", "required", "refreshToken or personalAccessToken is required.");
    }

    @POST
    @Path("logout")
    @Open(GUARDED)
    public RestResponse<Void> logout(@HeaderParam(HEADER) @Nullable String given, Credential body) {
        guard(given);
        if (body.refreshToken() == null) {
            throw Problems.badInput("refreshToken", "required", "refreshToken is required.");
        }
        var response = RestResponse.ResponseBuilder.<Void>noContent();
        sessions.logout(body.refreshToken())
                .ifPresent(id -> response.header("Orchflow-Grants-Revoked", id));
        return response.build();
    }

    private void guard(@Nullable String given) {
        if (given == null || secret.isEmpty() || !equal(given, secret.get())) {
            throw Problems.forbidden("Only the gateway may ask this.");
        }
    }

    private static boolean equal(String given, String secret) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }
}
