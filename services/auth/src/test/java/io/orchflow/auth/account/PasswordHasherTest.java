package io.orchflow.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    private final PasswordHasher hasher = new PasswordHasher();

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        var hash = hasher.hash("correct horse");

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(hasher.matches("correct horse", hash)).isTrue();
        assertThat(hasher.matches("correct horsf", hash)).isFalse();
        assertThat(hasher.hash("correct horse")).isNotEqualTo(hash);
    }

    @Test
    void nobodysPasswordNeverMatches() {
        assertThat(hasher.matches("nobody has this password", null)).isFalse();
    }

    @Test
    void theWayAPasswordIsTypedDoesNotMatter() {
        assertThat(hasher.matches("u\u0308ber alles wichtig", hasher.hash("über alles wichtig")))
                .isTrue();
    }

    /// Test vector made with the reference implementation (`argon2 somesalt -id -t 2 -k 65536`).
    @Test
    void hashesOfTheReferenceImplementationMatch() {
        assertThat(
                        hasher.matches(
                                "password",
                                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                                        + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
                .isTrue();
    }
}
