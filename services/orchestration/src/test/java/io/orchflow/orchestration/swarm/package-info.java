@NullMarked
package io.orchflow.orchestration.swarm;

import org.jspecify.annotations.NullMarked;
