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

    public void add(Rows rows, Account account, String passwordHash, Instant now) {
        rows.persist(new AccountEntity(account, passwordHash, now));
    }
}
