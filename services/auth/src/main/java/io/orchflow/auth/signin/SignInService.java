package io.orchflow.auth.signin;

import io.orchflow.auth.account.Account;
import io.orchflow.auth.account.AccountRepository;
import io.orchflow.auth.account.Email;
import io.orchflow.auth.account.NewAccount;
import io.orchflow.auth.account.PasswordHasher;
import io.orchflow.auth.session.SessionService;
import io.orchflow.auth.storage.EntityTransactions;
import io.orchflow.auth.storage.Rows;
import io.orchflow.auth.team.Membership;
import io.orchflow.auth.team.TeamService;
import io.orchflow.auth.token.Secret;
import io.orchflow.events.Ids;
import io.orchflow.events.auth.SignInRefused;
import io.orchflow.events.auth.UserRegistered;
import io.orchflow.problem.Problems;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Registers people, and signs them in.
@Singleton
class SignInService {

    /// @param grant first refresh token of the new session
    /// @param joined whether signing in accepted an invitation
    record SignedIn(Account account, List<Membership> teams, Secret grant, boolean joined) {}

    /// Accounts and how their passwords are checked.
    @Singleton
    record Credentials(AccountRepository accounts, PasswordHasher hasher, Clock clock) {}

    private final EntityTransactions transactions;
    private final Credentials credentials;
    private final TeamService teams;
    private final SessionService sessions;
    private final SignInLimitRepository limits;
    private final RegistrationDoor door;

    @Inject
    SignInService(
            EntityTransactions transactions,
            Credentials credentials,
            TeamService teams,
            SessionService sessions,
            SignInLimitRepository limits,
            RegistrationDoor door) {
        this.transactions = transactions;
        this.credentials = credentials;
        this.teams = teams;
        this.sessions = sessions;
        this.limits = limits;
        this.door = door;
    }

    boolean anyAccount() {
        return transactions.run(credentials.accounts()::any);
    }

    /// @throws io.orchflow.problem.ProblemException 403 where registration is closed for this
    ///     person, 409 where the e-mail address is taken
    SignedIn register(NewAccount wanted, @Nullable String code) {
        transactions.run(rows -> admit(rows, wanted, code));
        var hash = credentials.hasher().hash(wanted.password());
        return transactions.run(rows -> register(rows, wanted, code, hash));
    }

    /// Asked before the costly hash, and again with the lock.
    private boolean admit(Rows rows, NewAccount wanted, @Nullable String code) {
        var first = !credentials.accounts().any(rows);
        door.pass(first, teams.invited(rows, wanted.email()), code);
        if (credentials.accounts().byEmail(rows, wanted.email()).isPresent()) {
            throw Problems.conflict(
                    "email-taken", "There is an account for " + wanted.email().address() + ".");
        }
        return first;
    }

    private SignedIn register(Rows rows, NewAccount wanted, @Nullable String code, String hash) {
        rows.exclusively("register");
        var first = admit(rows, wanted, code);
        var account =
                new Account(
                        Ids.next(),
                        wanted.email().address(),
                        wanted.displayName(),
                        Ids.next(),
                        first);
        credentials.accounts().add(rows, account, hash, credentials.clock().instant());
        var fact = new UserRegistered();
        fact.setUserId(account.id());
        fact.setPersonalTeamId(account.personalTeamId());
        rows.publish(account.id(), account.id(), account.personalTeamId(), fact);
        var name = account.displayName() + "'s team";
        teams.found(rows, account.personalTeamId(), name, true, account.id());
        return signedIn(rows, account);
    }

    /// @param address where the caller comes from
    /// @throws io.orchflow.problem.ProblemException 401, the same for an unknown account and a
    ///     wrong password; 429 after repeated failures
    SignedIn login(Email email, String password, String address) {
        var wait = limits.wait(email, address);
        if (!wait.isZero()) {
            refused(email, "locked");
            throw Problems.tooManyRequests("Too many failed sign-ins for this account.", wait);
        }
        var found = transactions.run(rows -> credentials.accounts().byEmail(rows, email));
        var hash = found.map(AccountRepository.Credentials::passwordHash).orElse(null);
        if (!credentials.hasher().matches(password, hash)) {
            limits.failed(email, address);
            refused(email, "credentials");
            throw Problems.unauthorized("E-mail or password is wrong.");
        }
        limits.succeeded(email, address);
        var account = found.orElseThrow().account();
        return transactions.run(rows -> signedIn(rows, account));
    }

    private void refused(Email email, String reason) {
        transactions.run(
                rows -> {
                    var account =
                            credentials
                                    .accounts()
                                    .byEmail(rows, email)
                                    .map(AccountRepository.Credentials::account);
                    account.ifPresent(known -> publishRefusal(rows, known, reason));
                    return account;
                });
    }

    private static void publishRefusal(Rows rows, Account account, String reason) {
        var fact = new SignInRefused();
        fact.setUserId(account.id());
        fact.setReason(reason);
        rows.publish(account.id(), account.id(), account.personalTeamId(), fact);
    }

    private SignedIn signedIn(Rows rows, Account account) {
        var joined = teams.acceptAll(rows, account);
        var grant = sessions.start(rows, account);
        return new SignedIn(account, teams.ofAccount(rows, account.id()), grant, joined);
    }

    void logout(String sessionId) {
        transactions.run(
                rows -> {
                    sessions.end(rows, sessionId);
                    return sessionId;
                });
    }

    /// Who a caller is.
    record Me(Account account, List<Membership> teams) {}

    /// @throws io.orchflow.problem.ProblemException 401 where the account is gone
    Me me(String userId) {
        return transactions.run(
                rows ->
                        credentials
                                .accounts()
                                .find(rows, userId)
                                .map(account -> new Me(account, teams.ofAccount(rows, userId)))
                                .orElseThrow(() -> Problems.unauthorized("The account is gone.")));
    }
}
