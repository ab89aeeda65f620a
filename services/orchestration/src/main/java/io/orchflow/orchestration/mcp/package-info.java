/// What agents' programs can call, by the Model Context Protocol.
@NullMarked
package io.orchflow.orchestration.mcp;

import org.jspecify.annotations.NullMarked;
