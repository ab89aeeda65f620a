package io.orchflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Free TCP ports of the loopback address.
public final class Ports {
    private Ports() {}

    /// A port that nobody listened on a moment ago. Two processes may be told the same one: whoever
    /// binds second fails.
    public static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        }
    }
}
