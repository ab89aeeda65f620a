/// What holds for every request before it is routed: host, origin, headers, limits, errors.
@NullMarked
package io.orchflow.gateway.edge;

import org.jspecify.annotations.NullMarked;
