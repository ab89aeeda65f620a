@NullMarked
package io.orchflow.workspaces.driver;

import org.jspecify.annotations.NullMarked;
