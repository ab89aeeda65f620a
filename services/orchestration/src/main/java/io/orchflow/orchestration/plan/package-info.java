/// Plans: what a swarm would do, before anybody approved it.
@NullMarked
package io.orchflow.orchestration.plan;

import org.jspecify.annotations.NullMarked;
