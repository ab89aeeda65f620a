package io.orchflow.auth.session;

import io.orchflow.access.Caller;
import io.orchflow.access.Role;
import io.orchflow.auth.account.Account;
import io.orchflow.auth.account.AccountRepository;
import io.orchflow.auth.key.KeyService;
import io.orchflow.auth.storage.EntityTransactions;
import io.orchflow.auth.storage.Rows;
import io.orchflow.auth.team.Membership;
import io.orchflow.auth.team.TeamService;
import io.orchflow.auth.token.PersonalAccessTokenService;
import io.orchflow.auth.token.Secret;
import io.orchflow.events.Ids;
import io.orchflow.events.auth.SessionEnded;
import io.orchflow.events.auth.SessionStarted;
import io.orchflow.problem.Problems;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Starts and ends sessions, and exchanges refresh tokens and personal access tokens for access
/// tokens. A refresh token is good until its successor is used: presented after that, it ends its
/// whole session, since two parties have it (RFC 9700, 4.14.2). So a gateway that was killed before
/// it got an answer asks again, and nobody is signed out.
@Singleton
public class SessionService {

    /// @param refreshToken absent for a personal access token
    public record Exchange(
            String accessToken,
            Instant expiresAt,
            @Nullable String refreshToken,
            String sessionId) {}

    private static final Logger LOG = Logger.getLogger(SessionService.class);
    private static final String PREFIX = "ofr_";

    /// A little more than the gateway keeps a grant that is not renewed by use (12 h).
    private static final Duration GRANT_LIFE = Duration.ofHours(13);

    private static final Duration KEPT = Duration.ofDays(30);

    private final EntityTransactions transactions;
    private final SessionRepository sessions;
    private final AccountRepository accounts;
    private final TeamService teams;
    private final PersonalAccessTokenService personal;
    private final Issuing issuing;

    /// What issuing a token needs besides rows.
    @Singleton
    record Issuing(KeyService keys, Clock clock) {}

    SessionService(
            EntityTransactions transactions,
            SessionRepository sessions,
            AccountRepository accounts,
            TeamService teams,
            PersonalAccessTokenService personal,
            Issuing issuing) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.accounts = accounts;
        this.teams = teams;
        this.personal = personal;
        this.issuing = issuing;
    }

    /// @return the first refresh token of a new session
    public Secret start(Rows rows, Account account) {
        var now = issuing.clock().instant();
        var session = Session.start(Ids.next(), account.id(), now);
        sessions.add(rows, session);
        var secret = Secret.random(PREFIX);
        sessions.addToken(rows, session.id(), secret, now);
        var fact = new SessionStarted();
        fact.setSessionId(session.id());
        fact.setUserId(account.id());
        rows.publish(account.id(), account.id(), account.personalTeamId(), fact);
        return secret;
    }

    /// @throws io.orchflow.problem.ProblemException 401 where the session is over, or the token was
    ///     used before, which ends the session
    public Exchange refresh(String refreshToken) {
        var exchange = transactions.run(rows -> rotate(rows, new Secret(refreshToken)));
        return exchange.orElseThrow(() -> Problems.unauthorized("The session is over."));
    }

    /// Commits even when it refuses: the end of a session by reuse must stay.
    private Optional<Exchange> rotate(Rows rows, Secret presented) {
        var now = issuing.clock().instant();
        var next = Secret.random(PREFIX);
        var token = sessions.exchange(rows, presented, next, now).orElse(null);
        var session = token == null ? null : sessions.lock(rows, token.sessionId()).orElse(null);
        if (token == null || session == null || session.ended()) {
            return Optional.empty();
        }
        if (token.reused() || !session.good(now)) {
            LOG.warnf("Session ended sessionId=%s reused=%s", session.id(), token.reused());
            end(rows, session, token.reused() ? Session.End.REUSE_DETECTED : Session.End.EXPIRED);
            return Optional.empty();
        }
        sessions.store(rows, session.used(now));
        return accounts.find(rows, session.accountId())
                .map(account -> caller(rows, account, Caller.Kind.USER, Set.of(), session.id()))
                .map(caller -> exchanged(caller, next.text()));
    }

    private Exchange exchanged(Caller caller, @Nullable String refreshToken) {
        var signed = issuing.keys().sign(caller);
        return new Exchange(signed.token(), signed.expiresAt(), refreshToken, caller.sessionId());
    }

    /// @throws io.orchflow.problem.ProblemException 401 where the token is not good
    public Exchange exchange(String personalAccessToken) {
        var caller = transactions.run(rows -> recognised(rows, personalAccessToken));
        return exchanged(caller, null);
    }

    private Caller recognised(Rows rows, String personalAccessToken) {
        var found = personal.recognise(rows, personalAccessToken);
        var token = found.token();
        return caller(rows, found.account(), Caller.Kind.TOKEN, token.scopes(), token.sessionId());
    }

    /// Ends the session of a refresh token, used or not; does nothing where there is none.
    ///
    /// @return the session's grant
    public Optional<String> logout(String refreshToken) {
        return transactions.run(
                rows -> {
                    var id = sessions.sessionOf(rows, new Secret(refreshToken));
                    id.ifPresent(session -> end(rows, session));
                    return id.map(session -> grantId(rows, session));
                });
    }

    private String grantId(Rows rows, String sessionId) {
        return sessions.lock(rows, sessionId)
                .map(session -> accounts.grantId(rows, session.accountId(), sessionId))
                .orElse(sessionId);
    }

    /// Cuts what a person holds: their sessions and tokens go on under new names, without what was
    /// granted to the old ones, such as live sockets and tickets.
    ///
    /// @return the grants to revoke once this is committed
    public List<String> renewGrants(Rows rows, String accountId) {
        var since = issuing.clock().instant().minus(GRANT_LIFE);
        var held =
                Stream.concat(
                                sessions.usedSince(rows, accountId, since).stream(),
                                personal.usedSince(rows, accountId, since).stream())
                        .map(id -> accounts.grantId(rows, accountId, id))
                        .toList();
        accounts.renewGrants(rows, accountId);
        return held;
    }

    /// Ends a session by its id or grant; does nothing where it is over.
    public void end(Rows rows, String grantId) {
        sessions.lock(rows, AccountRepository.sessionId(grantId))
                .filter(session -> !session.ended())
                .ifPresent(session -> end(rows, session, Session.End.LOGOUT));
    }

    private void end(Rows rows, Session session, Session.End end) {
        sessions.end(rows, session.id(), end, issuing.clock().instant());
        var team = accounts.find(rows, session.accountId()).map(Account::personalTeamId);
        var fact = new SessionEnded();
        fact.setSessionId(session.id());
        fact.setUserId(session.accountId());
        fact.setReason(end.reason());
        rows.publish(session.accountId(), session.accountId(), team.orElse(""), fact);
    }

    private Caller caller(
            Rows rows, Account account, Caller.Kind kind, Set<String> scopes, String sessionId) {
        var grantId = accounts.grantId(rows, account.id(), sessionId);
        Map<String, Role> roles =
                teams.ofAccount(rows, account.id()).stream()
                        .collect(Collectors.toMap(m -> m.team().id(), Membership::role));
        return new Caller(account.id(), account.displayName(), kind, roles, scopes, grantId);
    }

    @Scheduled(every = "6h", delayed = "10m")
    @RunOnVirtualThread
    void forgetOld() {
        var before = issuing.clock().instant().minus(KEPT);
        transactions.run(rows -> sessions.forget(rows, before));
    }
}
