/// The agent of ours: a conversation with the team's model, held here, whose tools act in the
/// attempt's pane and clone.
@NullMarked
package io.orchflow.orchestration.loop;

import org.jspecify.annotations.NullMarked;
