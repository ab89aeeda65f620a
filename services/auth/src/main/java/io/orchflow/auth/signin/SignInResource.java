package io.orchflow.auth.signin;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Open;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.access.Role;
import io.orchflow.auth.account.Account;
import io.orchflow.auth.account.Email;
import io.orchflow.auth.account.NewAccount;
import io.orchflow.auth.team.Membership;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Registering, signing in and out, and who I am.
@Path("/api/auth")
@Tag(name = "Accounts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SignInResource {

    /// First refresh token of a session: the gateway keeps it, and tells nobody.
    private static final String GRANT = "Orchflow-Grant";

    /// Where the browser is, as the gateway saw it: it drops what came from outside.
    private static final String CLIENT_ADDRESS = "X-Forwarded-For";

    private static final int LONGEST_PASSWORD = 1024;

    public record NewAccountBody(
            @Nullable @Schema(required = true, format = "email", maxLength = 254) String email,
            @Nullable @Schema(required = true, minLength = 8, maxLength = 256) String password,
            @Nullable @Schema(required = true, maxLength = 100) String displayName,
            @Nullable @Schema(description = "The set-up code, for the first account.")
                    String code) {}

    public record LoginBody(
            @Nullable @Schema(required = true) String email,
            @Nullable @Schema(required = true) String password) {}

    @Schema(name = "MyTeam")
    public record TeamView(String teamId, String name, Role role) {}

    public record MeView(String userId, String email, String displayName, List<TeamView> teams) {

        static MeView of(Account account, List<Membership> memberships) {
            var teams =
                    memberships.stream()
                            .map(m -> new TeamView(m.team().id(), m.team().name(), m.role()))
                            .toList();
            return new MeView(account.id(), account.email(), account.displayName(), teams);
        }
    }

    private final SignInService signIn;
    private final CurrentCaller caller;

    SignInResource(SignInService signIn, CurrentCaller caller) {
        this.signIn = signIn;
        this.caller = caller;
    }

    @Operation(
            summary = "Makes an account with a personal team, and signs in",
            description =
                    "The very first account needs the set-up code that was printed; later ones an invitation, unless registration is open.")
    @APIResponseSchema(
            value = MeView.class,
            responseCode = "201",
            responseDescription = "It is made; the session cookie is set.")
    @APIResponse(
            responseCode = "403",
            description = "`setup-code` or `registration-closed`; `foreign-origin`.")
    @APIResponse(responseCode = "409", description = "`email-taken`.")
    @POST
    @Path("register")
    @Open("how an account comes about")
    public RestResponse<MeView> register(NewAccountBody body) {
        var wanted = NewAccount.check(body.email(), body.password(), body.displayName());
        var done = signIn.register(wanted, body.code());
        return answer(RestResponse.Status.CREATED, done);
    }

    @Operation(summary = "Signs in")
    @APIResponseSchema(
            value = MeView.class,
            responseCode = "200",
            responseDescription = "The session cookie is set.")
    @APIResponse(responseCode = "401", description = "E-mail or password is wrong.")
    @APIResponse(responseCode = "403", description = "`foreign-origin`.")
    @APIResponse(responseCode = "429", description = "Repeated failures; see `Retry-After`.")
    @POST
    @Path("login")
    @Open("how a session comes about")
    public RestResponse<MeView> login(
            LoginBody body,
            @HeaderParam(CLIENT_ADDRESS) @Nullable String seenAddress,
            @Context HttpServerRequest request) {
        new Validation()
                .text(body.email(), "email", LONGEST_PASSWORD)
                .text(body.password(), "password", LONGEST_PASSWORD)
                .throwIfAny();
        var email =
                Email.parse(body.email())
                        .orElseThrow(() -> Problems.unauthorized("E-mail or password is wrong."));
        var address = seenAddress == null ? request.remoteAddress().hostAddress() : seenAddress;
        var done = signIn.login(email, String.valueOf(body.password()), String.valueOf(address));
        return answer(RestResponse.Status.OK, done);
    }

    @Operation(summary = "Signs out: the session's live sockets close")
    @APIResponse(responseCode = "204", description = "It is over.")
    @POST
    @Path("logout")
    @Requires(Permission.ACCOUNT_MANAGE)
    public RestResponse<Void> logout() {
        var sessionId = caller.get().sessionId();
        signIn.logout(sessionId);
        return RestResponse.ResponseBuilder.<Void>noContent()
                .header("Orchflow-Grants-Revoked", sessionId)
                .build();
    }

    @Operation(summary = "Tells who the caller is")
    @GET
    @Path("me")
    @Requires(Permission.ACCOUNT_READ)
    public MeView me() {
        var me = signIn.me(caller.get().userId());
        return MeView.of(me.account(), me.teams());
    }

    private static RestResponse<MeView> answer(
            RestResponse.Status status, SignInService.SignedIn done) {
        var answer =
                RestResponse.ResponseBuilder.create(status, MeView.of(done.account(), done.teams()))
                        .header(GRANT, done.grant().text());
        if (done.joined()) {
            answer.header("Orchflow-People-Changed", done.account().id());
        }
        return answer.build();
    }
}
