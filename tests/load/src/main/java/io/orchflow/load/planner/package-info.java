/// How well the planner reads requests, against simpler and larger ways to do it.
@NullMarked
package io.orchflow.load.planner;

import org.jspecify.annotations.NullMarked;
