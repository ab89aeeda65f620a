/// One attempt of one task: its states, and how each adapter launches it.
@NullMarked
package io.orchflow.orchestration.agent;

import org.jspecify.annotations.NullMarked;
