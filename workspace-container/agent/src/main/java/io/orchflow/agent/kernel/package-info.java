/// The few system calls that the JDK has no door to, by the foreign function interface: no native
/// code of ours.
@NullMarked
package io.orchflow.agent.kernel;

import org.jspecify.annotations.NullMarked;
