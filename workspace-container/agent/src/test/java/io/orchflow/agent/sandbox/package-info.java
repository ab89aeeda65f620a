@NullMarked
package io.orchflow.agent.sandbox;

import org.jspecify.annotations.NullMarked;
