package io.orchflow.orchestration.permission;

import io.orchflow.access.Access;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.permission.ApprovalView.PersonView;
import io.orchflow.outbox.Transactions;
import io.orchflow.problem.Page;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What agents ask, across all swarms of a person's teams.
@Path("/api")
@Tag(name = "Approvals")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ApprovalResource {
    private static final Set<String> STATES = Set.of("OPEN", "ALLOWED", "DENIED", "GONE");

    private final Transactions transactions;
    private final ApprovalRepository approvals;
    private final DeskStore desk;
    private final CurrentCaller caller;

    ApprovalResource(
            Transactions transactions,
            ApprovalRepository approvals,
            DeskStore desk,
            CurrentCaller caller) {
        this.transactions = transactions;
        this.approvals = approvals;
        this.desk = desk;
        this.caller = caller;
    }

    @Operation(
            summary = "Lists what agents ask permission for, oldest first",
            description =
                    "Of all swarms of the person's teams; without `state` those that are OPEN.")
    @APIResponseSchema(
            value = ApprovalView[].class,
            responseCode = "200",
            responseDescription = "A page of them.")
    @GET
    @Path("/approvals")
    @Requires(Permission.APPROVAL_READ)
    public RestResponse<List<ApprovalView>> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("workspaceId") @Nullable String workspaceId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uri) {
        var wanted = state == null ? "OPEN" : state.toUpperCase(java.util.Locale.ROOT);
        new Validation()
                .check(
                        STATES.contains(wanted),
                        "state",
                        "unknown",
                        "A state is OPEN, ALLOWED, DENIED or GONE.")
                .throwIfAny();
        var page = Page.parse(limit, after);
        var query =
                new ApprovalRepository.Query(caller.get().teams().keySet(), workspaceId, wanted);
        var slice =
                page.slice(
                        transactions.read(
                                tx -> approvals.list(tx, query, page.limit() + 1, page.after())));
        return slice.answer(uri, ApprovalView::id);
    }

    @Operation(
            summary = "Answers an agent; people only",
            description =
                    "The digest is that of what the person was shown: 412 where it is another. 409 where somebody has answered before, or the agent waits no more.")
    @APIResponseSchema(
            value = ApprovalView.class,
            responseCode = "200",
            responseDescription = "As it is now.")
    @POST
    @Path("/approvals/{id}")
    @Requires(Permission.APPROVAL_ANSWER)
    public ApprovalView answer(String id, DecisionBody body) {
        var who = caller.get();
        body.check();
        var teamId =
                transactions
                        .read(tx -> approvals.teamOf(tx, id))
                        .filter(who::memberOf)
                        .orElseThrow(() -> Problems.notFound("approval", id));
        Access.require(who, Permission.APPROVAL_ANSWER, teamId);
        return desk.decide(id, body, new PersonView(who.userId(), who.displayName()));
    }

    @Operation(
            summary = "Lists the agents that need a person",
            description =
                    "Of all running swarms of the person's teams, without those that ask permission. A message to the agent answers it.")
    @APIResponseSchema(
            value = QuestionView[].class,
            responseCode = "200",
            responseDescription = "At most 200 of them.")
    @GET
    @Path("/questions")
    @Requires(Permission.APPROVAL_READ)
    public List<QuestionView> questions(@QueryParam("workspaceId") @Nullable String workspaceId) {
        var teams = Objects.requireNonNull(caller.get()).teams().keySet();
        return transactions.read(tx -> approvals.questions(tx, teams, workspaceId));
    }
}
