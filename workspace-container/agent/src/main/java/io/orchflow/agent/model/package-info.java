/// The way from an attempt's sandbox to a model: a Unix socket in the attempt's own folder, whose
/// connections are handed to whoever listens for the swarm.
@NullMarked
package io.orchflow.agent.model;

import org.jspecify.annotations.NullMarked;
