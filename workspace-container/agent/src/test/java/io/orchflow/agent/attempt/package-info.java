@NullMarked
package io.orchflow.agent.attempt;

import org.jspecify.annotations.NullMarked;
