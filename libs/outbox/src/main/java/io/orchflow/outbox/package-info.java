/// A state change and its fact commit together: the outbox, its relay to Kafka, and the inbox.
@NullMarked
package io.orchflow.outbox;

import org.jspecify.annotations.NullMarked;
