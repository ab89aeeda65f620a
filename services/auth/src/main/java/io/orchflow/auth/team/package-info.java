/// Teams, their members and invitations.
@NullMarked
package io.orchflow.auth.team;

import org.jspecify.annotations.NullMarked;
