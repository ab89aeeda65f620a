@NullMarked
package io.orchflow.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
