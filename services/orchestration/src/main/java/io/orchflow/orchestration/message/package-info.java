/// What people say to conversations, swarms and agents, as it comes over the wire.
@NullMarked
package io.orchflow.orchestration.message;

import org.jspecify.annotations.NullMarked;
