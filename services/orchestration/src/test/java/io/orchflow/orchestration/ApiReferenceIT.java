package io.orchflow.orchestration;

import io.orchflow.access.ApiReference;
import org.junit.jupiter.api.Test;

class ApiReferenceIT {

    @Test
    void theReferenceTellsOfThisApi() {
        ApiReference.isCurrent("orchestration");
    }
}
