/// The durable event log of a workspace, and its live readers.
@NullMarked
package io.orchflow.orchestration.stream;

import org.jspecify.annotations.NullMarked;
