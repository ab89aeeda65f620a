@NullMarked
package io.orchflow.workspaces.workspace;

import org.jspecify.annotations.NullMarked;
