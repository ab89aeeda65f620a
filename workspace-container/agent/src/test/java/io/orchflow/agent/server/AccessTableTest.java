package io.orchflow.agent.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTableTest {

    @ParameterizedTest
    @CsvSource({
        "terminal, Panes/Open, true",
        "terminal, Panes/Attach, true",
        "terminal, Journal/Read, true",
        "terminal, Attempts/Launch, false",
        "terminal, WorkspaceAgent/Describe, true",
        "terminal, WorkspaceAgent/Shutdown, false",
        "orchestration, Attempts/Launch, true",
        "orchestration, Repository/Check, true",
        "orchestration, Panes/List, true",
        "orchestration, Panes/Close, true",
        "orchestration, Panes/Open, false",
        "orchestration, Panes/Attach, false",
        "orchestration, Journal/Acknowledge, false",
        "workspaces, WorkspaceAgent/Usage, true",
        "workspaces, WorkspaceAgent/Shutdown, true",
        "workspaces, Panes/List, false",
        "gateway, WorkspaceAgent/Describe, true",
        "gateway, Panes/List, false",
        "terminal, PanesOther/Open, false",
        "orchestration, Panes/ListAll, false"
    })
    void whoMayCallWhat(String service, String method, boolean allowed) {
        assertEquals(allowed, AccessTable.allows(service, "orchflow.workspace.v1." + method));
    }
}
