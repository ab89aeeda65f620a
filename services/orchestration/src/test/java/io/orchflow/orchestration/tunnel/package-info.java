@NullMarked
package io.orchflow.orchestration.tunnel;

import org.jspecify.annotations.NullMarked;
