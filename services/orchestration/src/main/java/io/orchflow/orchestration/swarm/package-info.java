/// An approved plan at work: the aggregate, its rows and its API.
@NullMarked
package io.orchflow.orchestration.swarm;

import org.jspecify.annotations.NullMarked;
