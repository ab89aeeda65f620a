@NullMarked
package io.orchflow.gateway.session;

import org.jspecify.annotations.NullMarked;
