package io.orchflow.terminal;

import io.orchflow.access.ApiReference;
import org.junit.jupiter.api.Test;

class ApiReferenceIT {

    @Test
    void theReferenceTellsOfThisApi() {
        ApiReference.isCurrent("terminal");
    }
}
