/// The journal on a real disk.
@NullMarked
package io.orchflow.agent.journal;

import org.jspecify.annotations.NullMarked;
