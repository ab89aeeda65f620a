@NullMarked
package io.orchflow.orchestration.acp;

import org.jspecify.annotations.NullMarked;
