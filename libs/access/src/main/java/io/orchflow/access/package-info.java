/// Who is calling, and what they may do: verified access tokens, roles, permissions, live grants.
@NullMarked
package io.orchflow.access;

import org.jspecify.annotations.NullMarked;
