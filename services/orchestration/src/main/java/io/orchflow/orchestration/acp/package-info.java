/// Agents that speak the Agent Client Protocol: orchflow is their client, and their terminals are
/// panes.
@NullMarked
package io.orchflow.orchestration.acp;

import org.jspecify.annotations.NullMarked;
