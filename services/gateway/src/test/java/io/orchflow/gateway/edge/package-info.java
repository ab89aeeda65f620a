@NullMarked
package io.orchflow.gateway.edge;

import org.jspecify.annotations.NullMarked;
