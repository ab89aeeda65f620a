@NullMarked
package io.orchflow.orchestration.mcp;

import org.jspecify.annotations.NullMarked;
