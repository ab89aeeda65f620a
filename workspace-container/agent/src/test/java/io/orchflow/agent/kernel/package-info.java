@NullMarked
package io.orchflow.agent.kernel;

import org.jspecify.annotations.NullMarked;
