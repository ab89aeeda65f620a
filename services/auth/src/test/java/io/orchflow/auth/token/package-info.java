@NullMarked
package io.orchflow.auth.token;

import org.jspecify.annotations.NullMarked;
