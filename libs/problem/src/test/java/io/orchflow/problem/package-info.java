@NullMarked
package io.orchflow.problem;

import org.jspecify.annotations.NullMarked;
