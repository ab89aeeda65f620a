package io.orchflow.auth.token;

import io.orchflow.auth.account.Account;
import io.orchflow.auth.account.AccountRepository;
import io.orchflow.auth.storage.Rows;
import io.orchflow.events.Ids;
import io.orchflow.events.auth.PersonalAccessTokenCreated;
import io.orchflow.events.auth.PersonalAccessTokenRevoked;
import io.orchflow.problem.Page;
import io.orchflow.problem.Problems;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes, lists, revokes and recognises personal access tokens, in the caller's transaction.
@Singleton
public class PersonalAccessTokenService {

    /// A new token and its secret, which is never told again.
    record Created(PersonalAccessToken token, Secret secret) {}

    /// A good token and whose it is.
    public record Recognised(PersonalAccessToken token, Account account) {}

    private static final Duration USE_PRECISION = Duration.ofMinutes(1);

    private final PersonalAccessTokenRepository tokens;
    private final AccountRepository accounts;
    private final Clock clock;

    PersonalAccessTokenService(
            PersonalAccessTokenRepository tokens, AccountRepository accounts, Clock clock) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.clock = clock;
    }

    Created create(
            Rows rows, String userId, String name, Set<String> scopes, @Nullable Duration life) {
        var now = clock.instant();
        var end = life == null ? null : now.plus(life);
        var token =
                new PersonalAccessToken(Ids.next(), userId, name, scopes, now, end, null, false);
        var secret = Secret.random(PersonalAccessToken.PREFIX);
        tokens.add(rows, token, secret);
        var fact = new PersonalAccessTokenCreated();
        fact.setTokenId(token.id());
        fact.setUserId(userId);
        fact.setExpiresAt(end);
        fact.setScopes(new ArrayList<>(scopes));
        rows.publish(userId, userId, personalTeam(rows, userId), fact);
        return new Created(token, secret);
    }

    List<PersonalAccessToken> list(Rows rows, String userId, Page page) {
        return tokens.ofAccount(rows, userId, page);
    }

    /// The session ids of the tokens that were used since then, and are not revoked.
    public List<String> usedSince(Rows rows, String userId, Instant since) {
        return tokens.usedSince(rows, userId, since).stream()
                .map(PersonalAccessToken::sessionId)
                .toList();
    }

    /// @return the token's grant
    String revoke(Rows rows, String userId, String id) {
        var token =
                tokens.lock(rows, id)
                        .filter(t -> t.accountId().equals(userId) && !t.revoked())
                        .orElseThrow(() -> Problems.notFound("personal access token", id));
        tokens.revoke(rows, id, clock.instant());
        var fact = new PersonalAccessTokenRevoked();
        fact.setTokenId(id);
        fact.setUserId(userId);
        rows.publish(userId, userId, personalTeam(rows, userId), fact);
        return accounts.grantId(rows, userId, token.sessionId());
    }

    /// @throws io.orchflow.problem.ProblemException 401 where it is unknown, revoked or too old
    public Recognised recognise(Rows rows, String secret) {
        var now = clock.instant();
        var token =
                tokens.bySecret(rows, new Secret(secret))
                        .filter(t -> t.good(now))
                        .orElseThrow(PersonalAccessTokenService::refused);
        if (stale(token.lastUsedAt(), now)) {
            tokens.used(rows, token.id(), now);
        }
        var account =
                accounts.find(rows, token.accountId())
                        .orElseThrow(PersonalAccessTokenService::refused);
        return new Recognised(token, account);
    }

    private static boolean stale(@Nullable Instant lastUsedAt, Instant now) {
        return lastUsedAt == null || lastUsedAt.plus(USE_PRECISION).isBefore(now);
    }

    private String personalTeam(Rows rows, String userId) {
        return accounts.find(rows, userId).map(Account::personalTeamId).orElse("");
    }

    private static RuntimeException refused() {
        return Problems.unauthorized("The personal access token is not valid.");
    }
}
