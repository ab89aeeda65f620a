package io.orchflow.orchestration.approval;

import io.orchflow.access.Caller;
import io.orchflow.events.Envelope;
import io.orchflow.events.Facts;
import io.orchflow.events.Ids;
import io.orchflow.events.orchestration.SwarmApproved;
import io.orchflow.orchestration.model.BudgetBody;
import io.orchflow.orchestration.model.BudgetRepository;
import io.orchflow.orchestration.model.Scope;
import io.orchflow.orchestration.plan.HowToRun;
import io.orchflow.orchestration.plan.PlanRepository;
import io.orchflow.orchestration.plan.PlanResource;
import io.orchflow.orchestration.plan.PlanState;
import io.orchflow.orchestration.plan.StoredPlan;
import io.orchflow.orchestration.stream.EventHub;
import io.orchflow.orchestration.stream.EventLog;
import io.orchflow.orchestration.stream.NewEvent;
import io.orchflow.orchestration.swarm.Origin;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.swarm.SwarmCommanded;
import io.orchflow.orchestration.swarm.SwarmRepository;
import io.orchflow.outbox.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Makes the swarm of an approved plan.
@Singleton
public class SwarmApprovals {
    private final PlanRepository plans;
    private final SwarmRepository swarms;
    private final HowToRun howToRun;
    private final BudgetRepository budgets;
    private final EventLog events;
    private final EventHub hub;
    private final Event<SwarmCommanded> commanded;

    SwarmApprovals(
            PlanRepository plans,
            SwarmRepository swarms,
            HowToRun howToRun,
            BudgetRepository budgets,
            EventLog events,
            EventHub hub,
            Event<SwarmCommanded> commanded) {
        this.plans = plans;
        this.swarms = swarms;
        this.howToRun = howToRun;
        this.budgets = budgets;
        this.events = events;
        this.hub = hub;
        this.commanded = commanded;
    }

    Swarm approve(Tx tx, StoredPlan plan, PlanState.Draft draft, Caller who, String correlationId) {
        var origin =
                new Origin(
                        plan.id(),
                        plan.conversationId(),
                        plan.workspaceId(),
                        plan.teamId(),
                        who.userId(),
                        plan.request(),
                        correlationId,
                        howToRun.of(plan.plan().tasks()));
        var swarm = Swarm.approve(Ids.next(), origin, plan.plan().tasks());
        var approved = plan.in(draft.approve(swarm.id()));
        plans.update(tx, approved);
        swarms.insert(tx, swarm);
        events.append(tx, List.of(PlanResource.changed(approved), started(swarm)));
        tx.publish(swarm.id(), fact(plan, swarm, who, correlationId));
        return swarm;
    }

    /// Part of the transaction that has made the swarm.
    void limit(Tx tx, Swarm swarm, BudgetBody budget) {
        budgets.limit(tx, swarm.origin().teamId(), Scope.SWARM, swarm.id(), budget);
    }

    void announce(Swarm swarm) {
        hub.ring(swarm.origin().workspaceId());
        commanded.fire(new SwarmCommanded(swarm.id()));
    }

    private static NewEvent started(Swarm swarm) {
        return new NewEvent(
                swarm.origin().workspaceId(),
                swarm.origin().conversationId(),
                swarm.id(),
                "swarm",
                Map.of(
                        "swarmId",
                        swarm.id(),
                        "state",
                        swarm.state().word(),
                        "elapsedMs",
                        0,
                        "progress",
                        Map.of("done", 0, "total", swarm.tasks().size())));
    }

    private SwarmApproved fact(StoredPlan plan, Swarm swarm, Caller who, String correlationId) {
        var fact = new SwarmApproved();
        fact.setSwarmId(swarm.id());
        fact.setPlanId(plan.id());
        fact.setPlanSha256(plans.digest(plan.plan()));
        fact.setChecksSha256(checks(swarm));
        fact.setTaskCount(swarm.tasks().size());
        return Facts.stamp(
                fact,
                Envelope.ofUser(who.userId(), plan.teamId(), plan.workspaceId(), correlationId));
    }

    /// Digest of the digests of all frozen checks, in the order of the plan.
    private static String checks(Swarm swarm) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            for (var task : swarm.tasks()) {
                for (var check : task.checks()) {
                    sha256.update(check.sha256().getBytes(StandardCharsets.US_ASCII));
                }
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
