package io.orchflow.auth.signin;

import io.orchflow.auth.account.Email;
import io.orchflow.auth.token.Secret;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/// Failed sign-ins as rows, by a digest of account and address.
@Singleton
class SignInLimitRepository {

    private final Transactions transactions;
    private final Clock clock;

    SignInLimitRepository(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// @return how long to wait before trying again; zero where one may
    Duration wait(Email email, String address) {
        var subject = subject(email, address);
        return transactions.read(tx -> limit(tx, subject, "")).wait(clock.instant());
    }

    void failed(Email email, String address) {
        var subject = subject(email, address);
        transactions.inTransaction(
                tx -> {
                    insert(tx, subject);
                    return update(tx, subject, limit(tx, subject, "for update"));
                });
    }

    void succeeded(Email email, String address) {
        var subject = subject(email, address);
        transactions.inTransaction(
                tx -> tx.update("delete from sign_in_failure where subject = $1", subject));
    }

    private void insert(Tx tx, String subject) {
        var forgiven = clock.instant().minus(SignInLimit.FORGIVEN_AFTER);
        tx.update(
                "delete from sign_in_failure where last_failure < $1 and subject <> $2",
                forgiven.atOffset(ZoneOffset.UTC),
                subject);
        tx.update(
                """
                insert into sign_in_failure (subject, failures, last_failure, blocked_until)
                values ($1, 0, $2, $2) on conflict do nothing
                """,
                subject,
                Instant.EPOCH.atOffset(ZoneOffset.UTC));
    }

    private int update(Tx tx, String subject, SignInLimit before) {
        var now = before.failed(clock.instant());
        return tx.update(
                """
                update sign_in_failure set failures = $2, last_failure = $3, blocked_until = $4
                where subject = $1
                """,
                subject,
                now.failures(),
                now.lastFailure().atOffset(ZoneOffset.UTC),
                now.blockedUntil().atOffset(ZoneOffset.UTC));
    }

    private static SignInLimit limit(Tx tx, String subject, String lock) {
        return tx.one("select * from sign_in_failure where subject = $1 " + lock, subject)
                .map(SignInLimitRepository::limit)
                .orElse(SignInLimit.NONE);
    }

    private static SignInLimit limit(Row row) {
        return new SignInLimit(
                row.getInteger("failures"),
                row.getOffsetDateTime("last_failure").toInstant(),
                row.getOffsetDateTime("blocked_until").toInstant());
    }

    private static String subject(Email email, String address) {
        return Secret.digest(email.address() + "|" + address);
    }
}
