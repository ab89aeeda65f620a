package io.orchflow.terminal.attachment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How viewers are treated.
@ConfigMapping(prefix = "orchflow.attachment")
interface AttachmentConfig {

    /// Origins whose pages may open sockets; a request without an Origin is no page's.
    Optional<List<String>> origins();

    /// A viewer that takes nothing for so long is disconnected.
    @WithDefault("30s")
    Duration patience();
}
