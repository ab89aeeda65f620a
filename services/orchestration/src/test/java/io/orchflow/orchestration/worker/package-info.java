@NullMarked
package io.orchflow.orchestration.worker;

import org.jspecify.annotations.NullMarked;
