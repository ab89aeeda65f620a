/// Registering, signing in and out, and who I am.
@NullMarked
package io.orchflow.auth.signin;

import org.jspecify.annotations.NullMarked;
