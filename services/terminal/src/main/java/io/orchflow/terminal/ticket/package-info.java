/// One-time tickets, by which a socket proves who it is.
@NullMarked
package io.orchflow.terminal.ticket;

import org.jspecify.annotations.NullMarked;
