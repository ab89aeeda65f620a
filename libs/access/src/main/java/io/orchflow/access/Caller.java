package io.orchflow.access;

import io.orchflow.problem.Problems;
import java.util.Map;
import java.util.Set;

/// Who is calling, as a verified access token says.
///
/// @param teams roles by team id
/// @param scopes what a token is limited to; empty for no limit
/// @param sessionId the browser session, or `pat:<id>` for a personal access token
public record Caller(
        String userId,
        String displayName,
        Kind kind,
        Map<String, Role> teams,
        Set<String> scopes,
        String sessionId) {

    public enum Kind {
        USER,
        TOKEN,
        GUEST
    }

    public Caller {
        teams = Map.copyOf(teams);
        scopes = Set.copyOf(scopes);
    }

    /// @throws io.orchflow.problem.ProblemException 404 where the caller is no member
    public Role roleIn(String teamId) {
        var role = teams.get(teamId);
        if (role == null) {
            throw Problems.notFound("team", teamId);
        }
        return role;
    }

    public boolean memberOf(String teamId) {
        return teams.containsKey(teamId);
    }
}
