/// Runs Apache Kafka in a JVM of its own.
@NullMarked
package io.orchflow.embedded.broker;

import org.jspecify.annotations.NullMarked;
