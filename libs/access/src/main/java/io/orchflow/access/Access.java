package io.orchflow.access;

import io.orchflow.problem.Problems;

/// May this caller do that? Everything here throws where the answer is no.
public final class Access {

    private Access() {}

    /// @throws io.orchflow.problem.ProblemException 404 for a team that the caller is not in; 403
    ///     where the role is too low, or a token may not
    public static void require(Caller caller, Permission permission, String teamId) {
        var role = caller.roleIn(teamId);
        require(caller, permission);
        if (!role.atLeast(permission.least())) {
            throw Problems.forbidden(
                    "This needs the role "
                            + permission.least().wire()
                            + " in team "
                            + teamId
                            + "; yours is "
                            + role.wire()
                            + ".");
        }
    }

    /// Whether this kind of credential may do such a thing at all, whatever the team.
    ///
    /// @throws io.orchflow.problem.ProblemException 403
    public static void require(Caller caller, Permission permission) {
        if (permission.peopleOnly() && caller.kind() != Caller.Kind.USER) {
            throw Problems.forbidden("people-only", "Only a signed-in person may do this.");
        }
        if (!covered(caller, permission)) {
            throw Problems.forbidden(
                    "scope", "This credential lacks the scope " + permission.scope() + ".");
        }
    }

    public static boolean may(Caller caller, Permission permission, String teamId) {
        var role = caller.teams().get(teamId);
        return role != null
                && role.atLeast(permission.least())
                && covered(caller, permission)
                && (!permission.peopleOnly() || caller.kind() == Caller.Kind.USER);
    }

    private static boolean covered(Caller caller, Permission permission) {
        if (permission == Permission.ACCOUNT_READ) {
            return true;
        }
        return switch (caller.kind()) {
            case USER -> true;
            case TOKEN -> caller.scopes().isEmpty() || listed(caller, permission);
            case GUEST -> listed(caller, permission);
        };
    }

    private static boolean listed(Caller caller, Permission permission) {
        return caller.scopes().contains(permission.scope())
                || caller.scopes().contains(permission.area())
                || (permission == Permission.TERMINAL_VIEW // who may type sees what they type
                        && caller.scopes().contains(Permission.TERMINAL_DRIVE.scope()));
    }
}
