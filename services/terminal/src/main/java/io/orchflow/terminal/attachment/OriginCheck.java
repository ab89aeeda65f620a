package io.orchflow.terminal.attachment;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/// Refuses pages of foreign origins before the upgrade.
@ApplicationScoped
class OriginCheck implements HttpUpgradeCheck {

    private static final Logger LOG = Logger.getLogger(OriginCheck.class);
    private static final int FORBIDDEN = 403;

    private final List<String> origins;

    OriginCheck(AttachmentConfig config) {
        this.origins = config.origins().orElse(List.of());
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        var origin = context.httpRequest().getHeader("Origin");
        if (origin == null || origins.contains(origin)) {
            return CheckResult.permitUpgrade();
        }
        LOG.infof("Upgrade refused origin=%s", origin);
        return CheckResult.rejectUpgrade(FORBIDDEN);
    }
}
