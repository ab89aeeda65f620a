package io.orchflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/// Free TCP ports of the loopback address.
public final class Ports {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ports() {}

    /// A port that nobody listened on a moment ago, below those that the kernel hands to outgoing
    /// connections. Two processes may be told the same one: whoever binds second fails.
    public static int free() {
        IOException last = new IOException("none tried");
        for (int i = 0; i < TRIES; i++) {
            int port = RANDOM.nextInt(LOWEST, HIGHEST);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new UncheckedIOException("no free port on 127.0.0.1", last);
    }
}
