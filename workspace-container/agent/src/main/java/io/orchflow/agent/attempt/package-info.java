/// Attempts of swarm tasks: a clone, a sandbox, a pane; started once, controlled, collected.
@NullMarked
package io.orchflow.agent.attempt;

import org.jspecify.annotations.NullMarked;
