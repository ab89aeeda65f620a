package io.orchflow.orchestration.approval;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.model.BudgetBody;
import io.orchflow.orchestration.model.Providers;
import io.orchflow.orchestration.plan.Catalogues;
import io.orchflow.orchestration.plan.PlanRepository;
import io.orchflow.orchestration.plan.PlanResource;
import io.orchflow.orchestration.plan.PlanRules;
import io.orchflow.orchestration.plan.PlanState;
import io.orchflow.orchestration.plan.StoredPlan;
import io.orchflow.orchestration.swarm.SwarmIdView;
import io.orchflow.outbox.Transactions;
import io.orchflow.problem.Correlation;
import io.orchflow.problem.OptionalBody;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// A person's yes to a plan: from here on its checks are frozen, and a swarm works on it.
@Path("/api/plans/{id}/approve")
@Tag(name = "Plans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PlanApprovalResource {
    private final Transactions transactions;
    private final PlanRepository plans;
    private final Catalogues catalogues;
    private final Providers providers;
    private final SwarmApprovals approvals;
    private final CurrentCaller caller;

    PlanApprovalResource(
            Transactions transactions,
            PlanRepository plans,
            Catalogues catalogues,
            Providers providers,
            SwarmApprovals approvals,
            CurrentCaller caller) {
        this.transactions = transactions;
        this.plans = plans;
        this.catalogues = catalogues;
        this.providers = providers;
        this.approvals = approvals;
        this.caller = caller;
    }

    /// 201 `{swarmId}`; 400 a task has no acceptance; 409 with `swarmId` when it is approved
    /// already; 412 when it was changed since.
    @Operation(summary = "Approves a plan: its checks are frozen, and a swarm begins")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "201",
            responseDescription = "The swarm; `Location` names it.")
    @APIResponse(
            responseCode = "409",
            description = "`plan-approved`, with `swarmId`: it is approved already.")
    @APIResponse(responseCode = "412", description = "`precondition-failed`: it was changed since.")
    @RequestBody(
            required = false,
            content = @Content(schema = @Schema(implementation = ApprovalBody.class)))
    @POST
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> approve(
            String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @OptionalBody @Nullable ApprovalBody body) {
        var who = caller.get();
        var budget = budget(body);
        var correlationId = Correlation.current();
        var approved =
                transactions.inTransaction(
                        tx -> {
                            var plan =
                                    plans.lock(tx, id)
                                            .orElseThrow(() -> Problems.notFound("plan", id));
                            PlanResource.allowed(plan, who, Permission.SWARM_CONTROL);
                            var draft = draft(plan);
                            PlanResource.matches(plan, ifMatch);
                            PlanRules.approvable(
                                    plan.plan(), catalogues, providers.of(plan.teamId()));
                            var swarm = approvals.approve(tx, plan, draft, who, correlationId);
                            if (budget != null) {
                                approvals.limit(tx, swarm, budget);
                            }
                            return swarm;
                        });
        approvals.announce(approved);
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED, new SwarmIdView(approved.id()))
                .header("Location", "/api/swarms/" + approved.id())
                .build();
    }

    private static @Nullable BudgetBody budget(@Nullable ApprovalBody body) {
        var budget = body == null ? null : body.budget();
        if (budget != null) {
            var errors = new Validation();
            budget.check(errors, "budget");
            errors.throwIfAny();
        }
        return budget;
    }

    private static PlanState.Draft draft(StoredPlan plan) {
        return switch (plan.state()) {
            case PlanState.Draft draft -> draft;
            case PlanState.Approved(var swarmId) ->
                    throw Problems.conflict(
                            "plan-approved",
                            "Plan " + plan.id() + " is approved already.",
                            Map.of("swarmId", swarmId));
        };
    }
}
