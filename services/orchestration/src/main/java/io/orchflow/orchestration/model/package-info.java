/// The way of agents to models: providers of a team, what each call may cost, what it did cost.
@NullMarked
package io.orchflow.orchestration.model;

import org.jspecify.annotations.NullMarked;
