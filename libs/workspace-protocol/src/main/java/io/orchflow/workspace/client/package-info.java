/// How a service finds and reaches the agent of a workspace.
@NullMarked
package io.orchflow.workspace.client;

import org.jspecify.annotations.NullMarked;
