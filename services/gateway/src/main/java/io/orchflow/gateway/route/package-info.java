/// Which service answers a path, and how requests, streams and sockets get there.
@NullMarked
package io.orchflow.gateway.route;

import org.jspecify.annotations.NullMarked;
