package io.orchflow.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orchflow.problem.Problem;
import io.orchflow.problem.ProblemException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTest {

    @ParameterizedTest
    @EnumSource(Permission.class)
    void anOwnerMayDoEverythingInTheirTeam(Permission permission) {
        var owner = caller(Caller.Kind.USER, Role.OWNER);

        assertThatCode(() -> Access.require(owner, permission, "t1")).doesNotThrowAnyException();
        assertThat(Access.may(owner, permission, "t1")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void anothersTeamIsUnknownWhateverTheRole(Permission permission) {
        var owner = caller(Caller.Kind.USER, Role.OWNER);

        assertThat(refused(owner, permission, "t2").status()).isEqualTo(404);
        assertThat(Access.may(owner, permission, "t2")).isFalse();
    }

    @Test
    void aRoleThatIsTooLowIsForbidden() {
        var viewer = caller(Caller.Kind.USER, Role.VIEWER);

        assertThat(refused(viewer, Permission.TERMINAL_DRIVE, "t1").detail())
                .isEqualTo("This needs the role member in team t1; yours is viewer.");
        assertThat(Access.may(viewer, Permission.TERMINAL_VIEW, "t1")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Permission.class,
            names = {"TOKEN_MANAGE", "SHARE_MANAGE", "APPROVAL_ANSWER", "ACCOUNT_MANAGE"})
    void whatIsForPeopleOnlyATokenMayNotDo(Permission permission) {
        var token = caller(Caller.Kind.TOKEN, Role.OWNER);

        assertThat(refused(token, permission, "t1").slug()).isEqualTo("people-only");
        assertThat(Access.may(token, permission, "t1")).isFalse();
    }

    @Test
    void aTokenWithScopesMayDoWhatOneOfThemCovers() {
        var token = caller(Caller.Kind.TOKEN, Role.OWNER, "workspace", "swarm:read");

        assertThat(Access.may(token, Permission.WORKSPACE_MANAGE, "t1")).isTrue();
        assertThat(Access.may(token, Permission.SWARM_READ, "t1")).isTrue();
        assertThat(refused(token, Permission.SWARM_CONTROL, "t1").slug()).isEqualTo("scope");
        assertThat(Access.may(token, Permission.ACCOUNT_READ, "t1")).isTrue();
    }

    @Test
    void whoMayDriveATerminalMayViewIt() {
        var driver = caller(Caller.Kind.TOKEN, Role.OWNER, "terminal:drive");
        var viewer = caller(Caller.Kind.TOKEN, Role.OWNER, "terminal:view");

        assertThat(Access.may(driver, Permission.TERMINAL_VIEW, "t1")).isTrue();
        assertThat(refused(driver, Permission.FILE_READ, "t1").slug()).isEqualTo("scope");
        assertThat(refused(viewer, Permission.TERMINAL_DRIVE, "t1").slug()).isEqualTo("scope");
    }

    @Test
    void aTokenWithoutScopesMayDoAllThatATokenMay() {
        var token = caller(Caller.Kind.TOKEN, Role.OWNER);

        assertThat(Access.may(token, Permission.SWARM_CONTROL, "t1")).isTrue();
    }

    @Test
    void aGuestMayDoNothingWithoutAScope() {
        var guest = caller(Caller.Kind.GUEST, Role.OWNER);

        assertThat(refused(guest, Permission.TERMINAL_VIEW, "t1").status()).isEqualTo(403);
    }

    private static Problem refused(Caller caller, Permission permission, String teamId) {
        return catchThrowableOfType(
                        ProblemException.class, () -> Access.require(caller, permission, teamId))
                .problem();
    }

    private static Caller caller(Caller.Kind kind, Role role, String... scopes) {
        return new Caller("u1", "Ada", kind, Map.of("t1", role), Set.of(scopes), "s1");
    }
}
