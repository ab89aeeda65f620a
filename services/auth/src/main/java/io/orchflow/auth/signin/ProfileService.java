package io.orchflow.auth.signin;

import io.orchflow.access.Caller;
import io.orchflow.auth.account.Account;
import io.orchflow.auth.account.Email;
import io.orchflow.auth.account.PasswordRules;
import io.orchflow.auth.session.SessionService;
import io.orchflow.auth.storage.EntityTransactions;
import io.orchflow.auth.storage.Rows;
import io.orchflow.events.auth.PasswordChanged;
import io.orchflow.events.auth.UserRenamed;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people change about their own account.
@Singleton
class ProfileService {

    /// Guesses at the current password are counted by account alone: whoever has a session could
    /// make them from anywhere.
    private static final String ANYWHERE = "change of password";

    private final EntityTransactions transactions;
    private final SignInService.Credentials credentials;
    private final SessionService sessions;
    private final SignInLimitRepository limits;

    ProfileService(
            EntityTransactions transactions,
            SignInService.Credentials credentials,
            SessionService sessions,
            SignInLimitRepository limits) {
        this.transactions = transactions;
        this.credentials = credentials;
        this.sessions = sessions;
        this.limits = limits;
    }

    void rename(String userId, String displayName) {
        transactions.run(
                rows -> {
                    var account = account(rows, userId);
                    if (!account.displayName().equals(displayName)) {
                        credentials.accounts().rename(rows, userId, displayName);
                        var fact = new UserRenamed();
                        fact.setUserId(userId);
                        rows.publish(userId, userId, account.personalTeamId(), fact);
                    }
                    return account;
                });
    }

    /// Ends the person's other sessions.
    ///
    /// @return their grants
    /// @throws io.orchflow.problem.ProblemException 400 for a weak password, 403 where the current
    ///     one is wrong, 429 after repeated failures
    List<String> changePassword(Caller caller, String current, @Nullable String wanted) {
        var userId = caller.userId();
        var account = transactions.run(rows -> account(rows, userId));
        var email = Email.parse(account.email()).orElseThrow();
        var validation = new Validation();
        PasswordRules.check(validation, "new", wanted, email, account.displayName());
        validation.throwIfAny();
        prove(userId, email, current);
        var hash = credentials.hasher().hash(String.valueOf(wanted));
        return transactions.run(
                rows -> {
                    credentials.accounts().takePassword(rows, userId, hash);
                    var fact = new PasswordChanged();
                    fact.setUserId(userId);
                    rows.publish(userId, userId, account.personalTeamId(), fact);
                    return sessions.endOthers(rows, userId, caller.sessionId());
                });
    }

    private void prove(String userId, Email email, String current) {
        var wait = limits.wait(email, ANYWHERE);
        if (!wait.isZero()) {
            throw Problems.tooManyRequests("The current password was wrong too often.", wait);
        }
        var hash = transactions.run(rows -> credentials.accounts().passwordHash(rows, userId));
        if (!credentials.hasher().matches(current, hash.orElse(null))) {
            limits.failed(email, ANYWHERE);
            throw Problems.forbidden("wrong-password", "The current password is wrong.");
        }
        limits.succeeded(email, ANYWHERE);
    }

    private Account account(Rows rows, String userId) {
        return credentials
                .accounts()
                .find(rows, userId)
                .orElseThrow(() -> Problems.unauthorized("The account is gone."));
    }
}
