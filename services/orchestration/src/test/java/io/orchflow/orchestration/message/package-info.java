@NullMarked
package io.orchflow.orchestration.message;

import org.jspecify.annotations.NullMarked;
