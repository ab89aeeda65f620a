package io.orchflow.agent.server;

import java.util.Map;
import java.util.Set;

/// Which service may call what. Nothing else may.
final class AccessTable {

    private static final String PACKAGE = "orchflow.workspace.v1.";
    private static final String DESCRIBE = PACKAGE + "WorkspaceAgent/Describe";

    // Whole gRPC services end with a slash, single methods do not.
    private static final Map<String, Set<String>> MAY =
            Map.of(
                    "terminal", Set.of("Panes/", "Journal/"),
                    "orchestration",
                            Set.of(
                                    "Attempts/",
                                    "Models/",
                                    "Repository/",
                                    "Panes/List",
                                    "Panes/Close"),
                    "workspaces", Set.of("WorkspaceAgent/"));

    private AccessTable() {}

    /// @param service the caller, from its certificate
    /// @param method full name, `package.Service/Method`
    static boolean allows(String service, String method) {
        if (method.equals(DESCRIBE)) {
            return true;
        }
        return MAY.getOrDefault(service, Set.of()).stream()
                .map(entry -> PACKAGE + entry)
                .anyMatch(
                        entry ->
                                entry.endsWith("/")
                                        ? method.startsWith(entry)
                                        : method.equals(entry));
    }
}
