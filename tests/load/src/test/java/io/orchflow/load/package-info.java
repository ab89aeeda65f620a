@NullMarked
package io.orchflow.load;

import org.jspecify.annotations.NullMarked;
