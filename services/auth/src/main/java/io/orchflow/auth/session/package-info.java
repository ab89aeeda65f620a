/// Sessions: families of refresh tokens, and their exchange for access tokens.
@NullMarked
package io.orchflow.auth.session;

import org.jspecify.annotations.NullMarked;
