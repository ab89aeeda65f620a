@NullMarked
package io.orchflow.gateway.status;

import org.jspecify.annotations.NullMarked;
