package io.orchflow.access;

import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/// Where public keys of the token issuer come from. Beans of this type are asked in the order of
/// their `@Priority`, the highest first. Any thread.
public interface KeySource {

    /// What is known now; never blocks.
    ///
    /// @param keyId `kid` of the token
    Optional<ECPublicKey> find(String keyId);

    /// Looks for keys that are not known yet; may block for up to 2 s, and never throws.
    default void refresh() {}

    /// Whether the issuer's keys have been learned at least once: before that, an unknown key says
    /// nothing about the token.
    boolean learned();
}
