/// Sandboxes: namespaces with a root of their own for every command that is not ours, and what the
/// kernel says about the processes in them.
@NullMarked
package io.orchflow.agent.sandbox;

import org.jspecify.annotations.NullMarked;
