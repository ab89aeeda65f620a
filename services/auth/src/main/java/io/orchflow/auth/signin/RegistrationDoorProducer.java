package io.orchflow.auth.signin;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

class RegistrationDoorProducer {

    @Produces
    @Singleton
    RegistrationDoor door(
            @ConfigProperty(name = "orchflow.setup-code") Optional<String> setupCode,
            @ConfigProperty(name = "orchflow.open-registration", defaultValue = "false")
                    boolean open) {
        return new RegistrationDoor(setupCode, open);
    }
}
