package io.orchflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Free TCP ports of the loopback address.
public final class Ports {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// One process asks for all the ports of a system before any of them is bound.
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /// A port that nobody listened on a moment ago and that was not given before, below those that
    /// the kernel hands to outgoing connections. Two processes may be told the same one: whoever
    /// binds second fails.
    public static int free() {
        IOException last = new IOException("none tried");
        for (int i = 0; i < TRIES; i++) {
            int port = RANDOM.nextInt(LOWEST, HIGHEST);
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (GIVEN.add(port)) {
                    return port;
                }
            } catch (IOException e) {
                last = e;
            }
        }
        throw new UncheckedIOException("no free port on 127.0.0.1", last);
    }
}
