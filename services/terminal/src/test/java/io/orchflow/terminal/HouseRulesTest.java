package io.orchflow.terminal;

import io.orchflow.access.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void hold() {
        HouseRules.check(
                "io.orchflow.terminal",
                "Surroundings",
                "States",
                "Agents",
                "Access",
                "Attachment",
                "Sockets",
                "Channels",
                "Outlet",
                "Viewing",
                "Frames",
                "Message",
                "Viewer",
                "Viewers",
                "Check",
                "Reader",
                "Ingester",
                "Journals");
    }
}
