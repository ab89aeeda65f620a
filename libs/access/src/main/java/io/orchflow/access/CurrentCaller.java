package io.orchflow.access;

import io.orchflow.problem.Problems;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/// The caller of the current request.
@RequestScoped
public class CurrentCaller {

    private @Nullable Caller caller;
    private @Nullable String token;

    /// @throws io.orchflow.problem.ProblemException 401 in an endpoint that is [Open]
    public Caller get() {
        if (caller == null) {
            throw Problems.unauthorized("This call needs a credential.");
        }
        return caller;
    }

    /// The access token as it came: for calls to a workspace agent in the caller's name.
    public String token() {
        if (token == null) {
            throw Problems.unauthorized("This call needs a credential.");
        }
        return token;
    }

    void set(Caller verified, String jwt) {
        caller = verified;
        token = jwt;
    }
}
