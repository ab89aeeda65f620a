@NullMarked
package io.orchflow.events;

import org.jspecify.annotations.NullMarked;
