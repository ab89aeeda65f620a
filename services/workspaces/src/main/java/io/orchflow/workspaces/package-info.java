/// A workspace's life: create, start, stop, delete.
@NullMarked
package io.orchflow.workspaces;

import org.jspecify.annotations.NullMarked;
