@NullMarked
package io.orchflow.gateway;

import org.jspecify.annotations.NullMarked;
