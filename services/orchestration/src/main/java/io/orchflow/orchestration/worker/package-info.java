/// Does a leased swarm's work at the workspace agent.
@NullMarked
package io.orchflow.orchestration.worker;

import org.jspecify.annotations.NullMarked;
