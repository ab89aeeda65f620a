/// Workspaces as this service needs them: whose they are, and the way to their agents.
@NullMarked
package io.orchflow.orchestration.workspace;

import org.jspecify.annotations.NullMarked;
