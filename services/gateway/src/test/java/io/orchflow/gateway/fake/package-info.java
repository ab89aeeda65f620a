@NullMarked
package io.orchflow.gateway.fake;

import org.jspecify.annotations.NullMarked;
