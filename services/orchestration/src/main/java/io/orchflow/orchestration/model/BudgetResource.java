package io.orchflow.orchestration.model;

import io.orchflow.access.Access;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.outbox.Transactions;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What agents may spend at models.
@Path("/api/models/budgets")
@Tag(name = "Models")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BudgetResource {
    private final Transactions transactions;
    private final BudgetRepository budgets;
    private final CurrentCaller caller;

    BudgetResource(Transactions transactions, BudgetRepository budgets, CurrentCaller caller) {
        this.transactions = transactions;
        this.budgets = budgets;
        this.caller = caller;
    }

    @Operation(
            summary = "Lists what a team and its people have spent this month (UTC), and may spend",
            description = "A person's share is of the swarms that they approved.")
    @APIResponseSchema(
            value = BudgetView[].class,
            responseCode = "200",
            responseDescription = "Whoever has spent or is limited.")
    @GET
    @Requires(Permission.TEAM_READ)
    public List<BudgetView> list(@QueryParam("teamId") @Nullable String teamId) {
        new Validation().text(teamId, "teamId", 64).throwIfAny();
        var team = Objects.requireNonNull(teamId);
        Access.require(caller.get(), Permission.TEAM_READ, team);
        return transactions.read(tx -> budgets.ofTeam(tx, team));
    }

    @Operation(
            summary = "Limits a team's month",
            description = "Absent numbers are no limit. Counts from the first call of the month.")
    @APIResponseSchema(
            value = BudgetView[].class,
            responseCode = "200",
            responseDescription = "All of the team's, as they are now.")
    @PUT
    @Path("/team/{teamId}")
    @Requires(Permission.TEAM_MANAGE)
    public List<BudgetView> team(String teamId, BudgetBody body) {
        return limited(teamId, Scope.TEAM, teamId, body);
    }

    @Operation(
            summary = "Limits a person's month in a team",
            description = "Absent numbers are no limit.")
    @APIResponseSchema(
            value = BudgetView[].class,
            responseCode = "200",
            responseDescription = "All of the team's, as they are now.")
    @PUT
    @Path("/team/{teamId}/user/{userId}")
    @Requires(Permission.TEAM_MANAGE)
    public List<BudgetView> user(String teamId, String userId, BudgetBody body) {
        return limited(teamId, Scope.USER, userId, body);
    }

    private List<BudgetView> limited(String teamId, Scope scope, String id, BudgetBody body) {
        Access.require(caller.get(), Permission.TEAM_MANAGE, teamId);
        var errors = new Validation();
        body.checkOfMonth(errors);
        checked(body, errors);
        return transactions.inTransaction(
                tx -> {
                    budgets.limit(tx, teamId, scope, id, body);
                    return budgets.ofTeam(tx, teamId);
                });
    }

    @Operation(
            summary = "Limits a swarm",
            description =
                    "Absent numbers are no limit. A swarm that has reached its limit is PAUSED: raise it, then resume the swarm.")
    @APIResponseSchema(
            value = BudgetBody.class,
            responseCode = "200",
            responseDescription = "The limit as it is now.")
    @PUT
    @Path("/swarm/{swarmId}")
    @Requires(Permission.SWARM_CONTROL)
    public BudgetBody swarm(String swarmId, BudgetBody body) {
        checked(body, new Validation());
        return transactions.inTransaction(
                tx -> {
                    var teamId =
                            budgets.teamOf(tx, swarmId)
                                    .filter(caller.get()::memberOf)
                                    .orElseThrow(() -> Problems.notFound("swarm", swarmId));
                    Access.require(caller.get(), Permission.SWARM_CONTROL, teamId);
                    budgets.limit(tx, teamId, Scope.SWARM, swarmId, body);
                    return body;
                });
    }

    private static void checked(BudgetBody body, Validation errors) {
        body.check(errors, "budget");
        errors.throwIfAny();
    }
}
