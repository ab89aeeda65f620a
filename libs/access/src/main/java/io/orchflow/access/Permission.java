package io.orchflow.access;

import java.util.Locale;

/// What a call needs: the least role in the team, and whether only a person may do it.
///
/// The scope of a permission is its name in lower case with a colon, such as `workspace:read`; its
/// area is the part before the colon. A personal access token with scopes may do what one of them
/// covers, by area or in full.
public enum Permission {
    /// Who one is: needs no team and no scope.
    ACCOUNT_READ(Role.VIEWER, false),
    ACCOUNT_MANAGE(Role.VIEWER, true),
    TOKEN_READ(Role.VIEWER, false),
    TOKEN_MANAGE(Role.VIEWER, true),
    TEAM_READ(Role.VIEWER, false),
    /// Founding a team: needs no team.
    TEAM_CREATE(Role.VIEWER, false),
    TEAM_MANAGE(Role.ADMIN, false),
    SHARE_MANAGE(Role.MEMBER, true),
    WORKSPACE_READ(Role.VIEWER, false),
    WORKSPACE_CREATE(Role.MEMBER, false),
    WORKSPACE_MANAGE(Role.MEMBER, false),
    TERMINAL_VIEW(Role.VIEWER, false),
    TERMINAL_DRIVE(Role.MEMBER, false),
    FILE_READ(Role.VIEWER, false),
    FILE_WRITE(Role.MEMBER, false),
    CONVERSATION_READ(Role.VIEWER, false),
    CONVERSATION_WRITE(Role.MEMBER, false),
    SWARM_READ(Role.VIEWER, false),
    SWARM_CONTROL(Role.MEMBER, false),
    APPROVAL_READ(Role.VIEWER, false),
    APPROVAL_ANSWER(Role.MEMBER, true);

    private final Role least;
    private final boolean peopleOnly;
    private final String scope;

    Permission(Role least, boolean peopleOnly) {
        this.least = least;
        this.peopleOnly = peopleOnly;
        this.scope = name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    public Role least() {
        return least;
    }

    /// Whether a personal access token may never do it.
    public boolean peopleOnly() {
        return peopleOnly;
    }

    public String scope() {
        return scope;
    }

    public String area() {
        return scope.substring(0, scope.indexOf(':'));
    }
}
