/// A workspace's life: what people ask for, what it is now, and how that is kept.
@NullMarked
package io.orchflow.workspaces.workspace;

import org.jspecify.annotations.NullMarked;
