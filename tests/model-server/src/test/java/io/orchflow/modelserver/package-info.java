@NullMarked
package io.orchflow.modelserver;

import org.jspecify.annotations.NullMarked;
