@NullMarked
package io.orchflow.orchestration.plan;

import org.jspecify.annotations.NullMarked;
