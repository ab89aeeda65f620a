/// The gRPC server: mutual TLS and who may call what.
@NullMarked
package io.orchflow.agent.server;

import org.jspecify.annotations.NullMarked;
