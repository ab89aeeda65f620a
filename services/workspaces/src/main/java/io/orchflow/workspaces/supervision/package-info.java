/// Brings every workspace to the state that people asked for, one replica per workspace.
@NullMarked
package io.orchflow.workspaces.supervision;

import org.jspecify.annotations.NullMarked;
