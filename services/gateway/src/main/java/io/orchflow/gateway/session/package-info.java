/// Browser sessions and personal access tokens, and the short-lived access token that each is
/// exchanged for.
@NullMarked
package io.orchflow.gateway.session;

import org.jspecify.annotations.NullMarked;
