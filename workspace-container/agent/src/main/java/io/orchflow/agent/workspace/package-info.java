/// The workspace itself: its folders, epoch, usage, end.
@NullMarked
package io.orchflow.agent.workspace;

import org.jspecify.annotations.NullMarked;
