@NullMarked
package io.orchflow.gateway.route;

import org.jspecify.annotations.NullMarked;
