@NullMarked
package io.orchflow.orchestration;

import org.jspecify.annotations.NullMarked;
