package io.orchflow.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/// Holds `docs/reference/<service>.yaml` to the API that the build found.
public final class ApiReference {

    private ApiReference() {}

    /// To be called after the service was packaged, from the folder of its module.
    public static void isCurrent(String service) {
        var built = "target/openapi/" + service + ".yaml";
        assertThat(Path.of("../../docs/reference", service + ".yaml"))
                .as(
                        "the API of %1$s changed; refresh its reference: cp services/%1$s/%2$s"
                                + " docs/reference/",
                        service, built)
                .hasSameTextualContentAs(Path.of(built));
    }
}
