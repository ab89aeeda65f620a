package io.orchflow.auth.account;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

class PasswordHasherProducer {

    @Produces
    @Singleton
    PasswordHasher hasher() {
        return new PasswordHasher();
    }
}
