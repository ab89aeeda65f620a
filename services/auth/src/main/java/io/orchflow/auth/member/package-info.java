/// Changing a team's members, and what they hold.
@NullMarked
package io.orchflow.auth.member;

import org.jspecify.annotations.NullMarked;
