@NullMarked
package io.orchflow.outbox;

import org.jspecify.annotations.NullMarked;
