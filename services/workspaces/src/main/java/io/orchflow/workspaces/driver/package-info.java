/// Where a workspace's agent runs, and how it is started, looked at and ended.
@NullMarked
package io.orchflow.workspaces.driver;

import org.jspecify.annotations.NullMarked;
