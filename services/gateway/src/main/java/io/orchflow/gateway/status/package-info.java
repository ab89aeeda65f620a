/// Which services are ready, and the page shown until they are.
@NullMarked
package io.orchflow.gateway.status;

import org.jspecify.annotations.NullMarked;
