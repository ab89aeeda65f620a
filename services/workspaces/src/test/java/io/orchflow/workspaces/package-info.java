@NullMarked
package io.orchflow.workspaces;

import org.jspecify.annotations.NullMarked;
