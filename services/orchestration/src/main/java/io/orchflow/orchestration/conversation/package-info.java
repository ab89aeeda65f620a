/// What people and the assistant say to each other.
@NullMarked
package io.orchflow.orchestration.conversation;

import org.jspecify.annotations.NullMarked;
