/// The keys that access tokens are signed with.
@NullMarked
package io.orchflow.auth.key;

import org.jspecify.annotations.NullMarked;
