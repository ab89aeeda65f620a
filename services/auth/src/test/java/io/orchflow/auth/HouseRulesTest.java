package io.orchflow.auth;

import io.orchflow.access.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void theHouseRulesHold() {
        HouseRules.check("io.orchflow.auth", "Transactions", "Rows");
    }
}
