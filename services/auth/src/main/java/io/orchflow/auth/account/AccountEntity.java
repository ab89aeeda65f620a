package io.orchflow.auth.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A row of `account`.
@Entity
@Table(name = "account")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class AccountEntity {

    @Id private String id;
    private String email;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "password_hash")
    private String passwordHash;

    @Column(name = "personal_team_id")
    private String personalTeamId;

    @Column(name = "instance_owner")
    private boolean instanceOwner;

    @Column(name = "grant_epoch")
    private int grantEpoch;

    @Column(name = "created_at")
    private Instant createdAt;

    protected AccountEntity() {}

    AccountEntity(Account account, String passwordHash, Instant createdAt) {
        this.id = account.id();
        this.email = account.email();
        this.displayName = account.displayName();
        this.personalTeamId = account.personalTeamId();
        this.instanceOwner = account.instanceOwner();
        this.passwordHash = passwordHash;
        this.createdAt = createdAt;
    }

    Account account() {
        return new Account(id, email, displayName, personalTeamId, instanceOwner);
    }

    String passwordHash() {
        return passwordHash;
    }

    int grantEpoch() {
        return grantEpoch;
    }

    void renewGrants() {
        grantEpoch++;
    }

    Instant createdAt() {
        return createdAt;
    }
}
