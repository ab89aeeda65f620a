@NullMarked
package io.orchflow.orchestration.loop;

import org.jspecify.annotations.NullMarked;
