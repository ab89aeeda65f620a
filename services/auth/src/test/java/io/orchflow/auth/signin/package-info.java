@NullMarked
package io.orchflow.auth.signin;

import org.jspecify.annotations.NullMarked;
