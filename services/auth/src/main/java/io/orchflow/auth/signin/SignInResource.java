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
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Registering, signing in and out, and who I am.
@Path("/api/auth")
@RunOnVirtualThread
public class SignInResource {

    /// First refresh token of a session: the gateway keeps it, and tells nobody.
    private static final String GRANT = "Orchflow-Grant";

    /// Where the browser is, as the gateway saw it: it drops what came from outside.
    private static final String CLIENT_ADDRESS = "X-Forwarded-For";

    private static final int LONGEST_PASSWORD = 1024;

    public record NewAccountBody(
            @Nullable String email,
            @Nullable String password,
            @Nullable String displayName,
            @Nullable String code) {}

    public record LoginBody(@Nullable String email, @Nullable String password) {}

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

    @POST
    @Path("register")
    @Open("how an account comes about")
    public RestResponse<MeView> register(NewAccountBody body) {
        var wanted = NewAccount.check(body.email(), body.password(), body.displayName());
        var done = signIn.register(wanted, body.code());
        return answer(RestResponse.Status.CREATED, done);
    }

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

    @GET
    @Path("me")
    @Requires(Permission.ACCOUNT_READ)
    public MeView me() {
        var me = signIn.me(caller.get().userId());
        return MeView.of(me.account(), me.teams());
    }

    private static RestResponse<MeView> answer(
            RestResponse.Status status, SignInService.SignedIn done) {
        return RestResponse.ResponseBuilder.create(status, MeView.of(done.account(), done.teams()))
                .header(GRANT, done.grant().text())
                .build();
    }
}
