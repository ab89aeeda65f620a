package io.orchflow.workspaces;

import io.orchflow.access.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void hold() {
        HouseRules.check(
                "io.orchflow.workspaces",
                "Workspaces",
                "Agents",
                "Supervisor",
                "Keeper",
                "Replica",
                "Launcher",
                "Calls",
                "Certificates",
                "Leftovers",
                "Surroundings");
    }
}
