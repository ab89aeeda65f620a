package io.orchflow.auth.account;

import io.orchflow.auth.storage.Rows;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Accounts as rows.
@Singleton
public class AccountRepository {

    /// An account and what its password is checked against.
    public record Credentials(Account account, String passwordHash) {}

    private static final String EPOCH = ".";

    public boolean any(Rows rows) {
        return rows.one(String.class, "select a.id from AccountEntity a").isPresent();
    }

    public Optional<Account> find(Rows rows, String id) {
        return rows.find(AccountEntity.class, id).map(AccountEntity::account);
    }

    public Optional<Credentials> byEmail(Rows rows, Email email) {
        return rows.one(
                        AccountEntity.class,
                        "from AccountEntity a where a.email = ?1",
                        email.address())
                .map(row -> new Credentials(row.account(), row.passwordHash()));
    }

    public List<Account> all(Rows rows, Collection<String> ids) {
        return rows.list(AccountEntity.class, "from AccountEntity a where a.id in ?1", ids).stream()
                .map(AccountEntity::account)
                .toList();
    }

    /// What a session or token is called in grants and access tokens. A person whose rights are cut
    /// gets new names, since nothing brings a revoked one back.
    public String grantId(Rows rows, String accountId, String sessionId) {
        var epoch = rows.find(AccountEntity.class, accountId).map(AccountEntity::grantEpoch);
        return epoch.filter(e -> e > 0).map(e -> sessionId + EPOCH + e).orElse(sessionId);
    }

    /// The session or token that a grant belongs to.
    public static String sessionId(String grantId) {
        var end = grantId.indexOf(EPOCH);
        return end < 0 ? grantId : grantId.substring(0, end);
    }

    public void renewGrants(Rows rows, String accountId) {
        rows.lock(AccountEntity.class, accountId).ifPresent(AccountEntity::renewGrants);
    }

    public void add(Rows rows, Account account, String passwordHash, Instant now) {
        rows.persist(new AccountEntity(account, passwordHash, now));
    }
}
