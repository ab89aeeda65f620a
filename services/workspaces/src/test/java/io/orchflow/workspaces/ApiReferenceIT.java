package io.orchflow.workspaces;

import io.orchflow.access.ApiReference;
import org.junit.jupiter.api.Test;

class ApiReferenceIT {

    @Test
    void theReferenceTellsOfThisApi() {
        ApiReference.isCurrent("workspaces");
    }
}
