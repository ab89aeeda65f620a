/// How every service says that something went wrong, and how its lists are paged.
@NullMarked
package io.orchflow.problem;

import org.jspecify.annotations.NullMarked;
