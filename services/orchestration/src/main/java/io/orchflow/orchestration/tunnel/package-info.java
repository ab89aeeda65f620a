/// What an agent in a sandbox reaches of ours: HTTP on the connections that its workspace carries,
// by path.
@NullMarked
package io.orchflow.orchestration.tunnel;

import org.jspecify.annotations.NullMarked;
