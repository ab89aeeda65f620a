package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;

/// What one run of a check came to.
///
/// @param output as far as it was kept, at most [#KEPT] bytes
/// @param bytes of all output
record CheckRun(int exitCode, String sha256, long bytes, String assurance, ByteString output) {
    static final int KEPT = 8 << 20;
}
