package io.orchflow.orchestration;

import io.orchflow.access.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void hold() {
        HouseRules.check(
                "io.orchflow.orchestration",
                "Workspaces",
                "EventLog",
                "EventHub",
                "LiveEvents",
                "Tickets",
                "Grants",
                "Commands",
                "Rows",
                "Approvals",
                "Answering",
                "Posting",
                "Assistant",
                "Calls",
                "Channels",
                "Watch",
                "Tunnel",
                "Models",
                "Door",
                "Tool",
                "Run",
                "Refused",
                "Lifecycle");
    }
}
