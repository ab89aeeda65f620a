/// Who may call what.
@NullMarked
package io.orchflow.agent.server;

import org.jspecify.annotations.NullMarked;
