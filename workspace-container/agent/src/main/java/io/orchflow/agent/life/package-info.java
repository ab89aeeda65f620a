/// The agent's own start and end, and the calls about the workspace as a whole.
@NullMarked
package io.orchflow.agent.life;

import org.jspecify.annotations.NullMarked;
