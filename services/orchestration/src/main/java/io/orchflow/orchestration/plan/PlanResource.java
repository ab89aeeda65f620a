package io.orchflow.orchestration.plan;

import io.orchflow.access.Access;
import io.orchflow.access.Caller;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.orchestration.PlanChanged;
import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.outbox.Transactions;
import io.orchflow.problem.Correlation;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Plans: read, edit, preview.
@Path("/api/plans")
@Tag(name = "Plans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PlanResource {
    private final Transactions transactions;
    private final PlanRepository plans;
    private final Catalogues catalogues;
    private final EventLog events;
    private final EventHub hub;
    private final CurrentCaller caller;

    PlanResource(
            Transactions transactions,
            PlanRepository plans,
            Catalogues catalogues,
            EventLog events,
            EventHub hub,
            CurrentCaller caller) {
        this.transactions = transactions;
        this.plans = plans;
        this.catalogues = catalogues;
        this.events = events;
        this.hub = hub;
        this.caller = caller;
    }

    @Operation(summary = "Gives a plan, with its `ETag`")
    @APIResponseSchema(
            value = PlanView.class,
            responseCode = "200",
            responseDescription = "The plan.")
    @GET
    @Path("/{id}")
    @Requires(Permission.CONVERSATION_READ)
    public RestResponse<PlanView> get(String id) {
        var stored = transactions.read(tx -> plans.find(tx, id)).orElseThrow(() -> missing(id));
        allowed(stored, caller.get(), Permission.CONVERSATION_READ);
        return answer(stored);
    }

    @Operation(
            summary = "Replaces the tasks and the topology of a draft",
            description =
                    "Other members are ignored. Clients may choose task ids; a topology that is absent stays.")
    @APIResponseSchema(
            value = PlanView.class,
            responseCode = "200",
            responseDescription = "The plan as it is now, with its new `ETag`.")
    @APIResponse(
            responseCode = "409",
            description = "`plan-approved`, with `swarmId`: it cannot be changed any more.")
    @APIResponse(responseCode = "412", description = "`precondition-failed`: it was changed since.")
    @PUT
    @Path("/{id}")
    @Requires(Permission.CONVERSATION_WRITE)
    public RestResponse<PlanView> put(
            String id, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch, PlanBody body) {
        var who = caller.get();
        var stored =
                transactions.inTransaction(
                        tx -> {
                            var before = plans.lock(tx, id).orElseThrow(() -> missing(id));
                            allowed(before, who, Permission.CONVERSATION_WRITE);
                            changeable(before);
                            matches(before, ifMatch);
                            var after = before.with(edited(before.plan(), body));
                            plans.update(tx, after);
                            events.append(tx, List.of(changed(after)));
                            tx.publish(after.aggregate(), fact(after, who));
                            return after;
                        });
        hub.ring(stored.workspaceId());
        return answer(stored);
    }

    private Plan edited(Plan plan, PlanBody body) {
        var word = Objects.requireNonNullElse(body.topology(), plan.topology().word());
        var topology = Topology.of(word);
        new Validation()
                .check(
                        topology.isPresent(),
                        "topology",
                        "unknown",
                        "The topology is single, pipeline, parallel, hierarchical or mesh.")
                .throwIfAny();
        var tasks = PlanRules.tasks(body.tasks(), catalogues);
        return new Plan(plan.source(), plan.confidence(), topology.orElseThrow(), tasks);
    }

    private PlanChanged fact(StoredPlan after, Caller who) {
        var fact = new PlanChanged();
        fact.setConversationId(after.aggregate());
        fact.setPlanId(after.id());
        fact.setTaskCount(after.plan().tasks().size());
        fact.setPlanSha256(plans.digest(after.plan()));
        var by =
                Envelope.ofUser(
                        who.userId(), after.teamId(), after.workspaceId(), Correlation.current());
        return Facts.stamp(fact, by);
    }

    /// The event that tells of a plan's state.
    public static NewEvent changed(StoredPlan plan) {
        return new NewEvent(
                plan.workspaceId(),
                plan.conversationId(),
                null,
                "plan",
                Map.of("planId", plan.id(), "state", plan.state().word()));
    }

    /// @throws io.orchflow.problem.ProblemException 404 or 403
    public static void allowed(StoredPlan plan, Caller caller, Permission permission) {
        if (!caller.memberOf(plan.teamId())) {
            throw missing(plan.id());
        }
        Access.require(caller, permission, plan.teamId());
    }

    /// @throws io.orchflow.problem.ProblemException 412 when it was changed since
    public static void matches(StoredPlan plan, @Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
            return;
        }
        for (var tag : ifMatch.split(",", -1)) {
            if (tag.strip().equals(plan.etag())) {
                return;
            }
        }
        throw Problems.preconditionFailed(
                "Plan " + plan.id() + " was changed by somebody else: it is now " + plan.etag());
    }

    private static void changeable(StoredPlan plan) {
        switch (plan.state()) {
            case PlanState.Draft _ -> {}
            case PlanState.Approved(var swarmId) ->
                    throw Problems.conflict(
                            "plan-approved",
                            "Plan " + plan.id() + " is approved and cannot be changed.",
                            Map.of("swarmId", swarmId));
        }
    }

    private static io.orchflow.problem.ProblemException missing(String id) {
        return Problems.notFound("plan", id);
    }

    private static RestResponse<PlanView> answer(StoredPlan stored) {
        return RestResponse.ResponseBuilder.ok(PlanView.of(stored))
                .header("ETag", stored.etag())
                .build();
    }
}
