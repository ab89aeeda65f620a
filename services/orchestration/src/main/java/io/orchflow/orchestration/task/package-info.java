/// One task of a swarm: its states, frozen checks and evidence.
@NullMarked
package io.orchflow.orchestration.task;

import org.jspecify.annotations.NullMarked;
