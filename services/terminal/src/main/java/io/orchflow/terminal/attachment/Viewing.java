package io.orchflow.terminal.attachment;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/// What one client watches on its socket: a pane, or several. Nothing here blocks; any thread.
interface Viewing {

    /// A binary message of the client.
    void input(Buffer bytes);

    /// A text message of the client.
    void message(String text);

    /// Ends everything, and the socket. Does nothing the second time.
    void end(Closing closing);

    /// The socket is gone.
    void left();

    /// Grants cannot be checked: this client may only look on until they can.
    void demote();

    void restore();

    /// Ends what has not moved for so long.
    void endStuck(Duration patience);

    /// How many panes are watched.
    int panes();
}
