package io.orchflow.orchestration.tunnel;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// A request of an agent and the way to answer it. One thread.
public interface Exchange {

    String method();

    /// Without its query.
    String path();

    /// @param name in any case
    Optional<String> header(String name);

    byte[] body();

    /// Whether somebody still waits for the answer.
    boolean open();

    /// An answer as a whole.
    void answer(int status, Map<String, String> headers, byte[] body) throws IOException;

    /// The head of an answer that follows piece by piece.
    void begin(int status, Map<String, String> headers) throws IOException;

    void piece(byte[] bytes, int length) throws IOException;

    void end() throws IOException;
}
