/// From a plan to a swarm.
@NullMarked
package io.orchflow.orchestration.approval;

import org.jspecify.annotations.NullMarked;
