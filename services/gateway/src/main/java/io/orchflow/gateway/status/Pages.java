package io.orchflow.gateway.status;

import java.util.Optional;

/// The two pages that this build holds.
final class Pages {

    static final Asset BOOT = Asset.load("boot/index.html").orElseThrow();
    static final Optional<Asset> APP = Asset.load("META-INF/resources/index.html");

    private Pages() {}
}
