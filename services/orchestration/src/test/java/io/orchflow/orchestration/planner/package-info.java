@NullMarked
package io.orchflow.orchestration.planner;

import org.jspecify.annotations.NullMarked;
