/// Real PostgreSQL, Kafka and Redis from packages, each in processes of its own on 127.0.0.1 with
/// generated credentials.
@NullMarked
package io.orchflow.embedded;

import org.jspecify.annotations.NullMarked;
