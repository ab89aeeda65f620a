/// What the agent did, in order, durable until acknowledged.
@NullMarked
package io.orchflow.agent.journal;

import org.jspecify.annotations.NullMarked;
