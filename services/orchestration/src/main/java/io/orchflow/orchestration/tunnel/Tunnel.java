package io.orchflow.orchestration.tunnel;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A connection of an agent, as bytes. One thread reads, one writes.
public interface Tunnel extends AutoCloseable {

    /// @return null after the last byte
    byte @Nullable [] read() throws IOException;

    /// Waits for room at the receiver.
    void write(byte[] bytes) throws IOException;

    @Override
    void close();
}
