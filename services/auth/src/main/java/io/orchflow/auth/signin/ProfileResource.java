package io.orchflow.auth.signin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.auth.account.NewAccount;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What people change about their own account.
@Path("/api/auth")
@Tag(name = "Accounts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ProfileResource {

    private static final int LONGEST_PASSWORD = 1024;

    public record Profile(@Nullable @Schema(required = true, maxLength = 100) String displayName) {}

    public record NewPassword(
            @Nullable @Schema(required = true) String current,
            @Nullable
                    @JsonProperty("new")
                    @Schema(name = "new", required = true, minLength = 8, maxLength = 256)
                    String wanted) {}

    private final ProfileService profile;
    private final SignInService signIn;
    private final CurrentCaller caller;

    ProfileResource(ProfileService profile, SignInService signIn, CurrentCaller caller) {
        this.profile = profile;
        this.signIn = signIn;
        this.caller = caller;
    }

    @Operation(summary = "Changes the name that others see")
    @APIResponseSchema(
            value = SignInResource.MeView.class,
            responseCode = "200",
            responseDescription = "Who the caller is now.")
    @PATCH
    @Path("me")
    @Requires(Permission.ACCOUNT_MANAGE)
    public RestResponse<SignInResource.MeView> rename(Profile body) {
        var validation = new Validation();
        NewAccount.checkName(validation, body.displayName());
        validation.throwIfAny();
        var userId = caller.get().userId();
        profile.rename(userId, String.valueOf(body.displayName()).strip());
        var me = signIn.me(userId);
        return RestResponse.ResponseBuilder.ok(SignInResource.MeView.of(me.account(), me.teams()))
                .header("Orchflow-Caller-Changed", "true")
                .build();
    }

    @Operation(
            summary = "Changes the password",
            description =
                    "The caller's other sessions end, and their live sockets close; personal access tokens go on.")
    @APIResponse(responseCode = "204", description = "It is changed.")
    @APIResponse(responseCode = "403", description = "`wrong-password`: the current one is wrong.")
    @APIResponse(responseCode = "429", description = "Repeated failures; see `Retry-After`.")
    @POST
    @Path("password")
    @Requires(Permission.ACCOUNT_MANAGE)
    public RestResponse<Void> changePassword(NewPassword body) {
        new Validation().text(body.current(), "current", LONGEST_PASSWORD).throwIfAny();
        var revoked =
                profile.changePassword(caller.get(), String.valueOf(body.current()), body.wanted());
        var answer = RestResponse.ResponseBuilder.<Void>noContent();
        if (!revoked.isEmpty()) {
            answer.header("Orchflow-Grants-Revoked", String.join(",", revoked));
        }
        return answer.build();
    }
}
