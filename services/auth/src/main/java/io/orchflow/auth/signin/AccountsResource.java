package io.orchflow.auth.signin;

import io.orchflow.access.Open;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// Whether somebody has registered: the launcher asks, to know if a set-up code is needed.
@Path("/internal/accounts")
@RunOnVirtualThread
public class AccountsResource {

    public record AccountsView(boolean any) {}

    private final SignInService signIn;

    AccountsResource(SignInService signIn) {
        this.signIn = signIn;
    }

    @GET
    @Open("tells only whether somebody has registered")
    public AccountsView accounts() {
        return new AccountsView(signIn.anyAccount());
    }
}
