/// A POST with an `Idempotency-Key` happens once.
@NullMarked
package io.orchflow.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
