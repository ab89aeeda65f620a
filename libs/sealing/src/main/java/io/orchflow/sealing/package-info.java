/// Secrets at rest.
@NullMarked
package io.orchflow.sealing;

import org.jspecify.annotations.NullMarked;
