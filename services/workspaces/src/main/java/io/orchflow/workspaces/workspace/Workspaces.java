package io.orchflow.workspaces.workspace;

import io.orchflow.events.Actor;
import io.orchflow.events.ActorKind;
import io.orchflow.events.Ids;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.orchflow.problem.Correlation;
import io.orchflow.problem.Page;
import io.orchflow.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/// Every change of a workspace: the row and its facts in one transaction. Blocks; call it on a
/// virtual thread.
@ApplicationScoped
public class Workspaces {

    private static final Actor SELF = new Actor(ActorKind.SYSTEM, "workspaces");

    private final Transactions transactions;
    private final WorkspaceRepository repository;
    private final Event<WorkspaceChanged> changed;
    private final Clock clock;

    Workspaces(
            Transactions transactions,
            WorkspaceRepository repository,
            Event<WorkspaceChanged> changed,
            Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.changed = changed;
        this.clock = clock;
    }

    Workspace request(String userId, String teamId, String name, @Nullable String gitUrl) {
        var workspace =
                Workspace.request(
                        Ids.next(), teamId, name, gitUrl, userId, now(), Correlation.current());
        transactions.inTransaction(
                tx -> {
                    repository.insert(tx, workspace);
                    publish(tx, workspace.id(), WorkspaceFacts.ofRequest(workspace, user(userId)));
                    return workspace;
                });
        changed.fire(new WorkspaceChanged(workspace.id()));
        return workspace;
    }

    /// @throws io.orchflow.problem.ProblemException 404
    Workspace get(String id) {
        return transactions
                .read(tx -> repository.find(tx, id))
                .orElseThrow(() -> Problems.notFound("workspace", id));
    }

    Page.Slice<Workspace> list(Set<String> teamIds, Page page) {
        return page.slice(
                transactions.read(
                        tx -> repository.ofTeams(tx, teamIds, page.after(), page.limit() + 1)));
    }

    /// What a person asks for.
    ///
    /// @throws io.orchflow.problem.ProblemException 404, or 409 where the state does not allow it
    Workspace wish(String id, String userId, UnaryOperator<Life> wish) {
        var correlationId = Correlation.current();
        var workspace =
                transactions.inTransaction(
                        tx -> {
                            var before =
                                    repository
                                            .findForChange(tx, id)
                                            .orElseThrow(() -> Problems.notFound("workspace", id));
                            var life = allowed(id, before.life(), wish);
                            return life.equals(before.life())
                                    ? before
                                    : store(
                                            tx,
                                            before,
                                            before.with(life, correlationId),
                                            user(userId));
                        });
        changed.fire(new WorkspaceChanged(id));
        return workspace;
    }

    /// What the owning replica brought about. Nothing happens where it is not the owner any more,
    /// or
    /// where the life went on meanwhile.
    ///
    /// @param from the life that the step was made from
    public Optional<Workspace> advance(
            String id, Owner owner, Life from, UnaryOperator<Life> step) {
        return transactions.inTransaction(
                tx ->
                        repository
                                .findOwned(tx, id, owner)
                                .filter(before -> before.life().equals(from))
                                .map(
                                        before ->
                                                store(
                                                        tx,
                                                        before,
                                                        before.with(step.apply(from)),
                                                        SELF)));
    }

    /// Forgets a workspace of which nothing is left.
    public void remove(String id, Owner owner) {
        transactions.inTransaction(
                tx -> {
                    var gone =
                            repository
                                    .findOwned(tx, id, owner)
                                    .filter(w -> w.life() instanceof Life.Deleting)
                                    .map(w -> w.with(w.life()));
                    gone.ifPresent(w -> repository.remove(tx, id));
                    gone.ifPresent(w -> publish(tx, id, WorkspaceFacts.ofRemoval(w, SELF)));
                    return gone;
                });
    }

    /// The present time, to the millisecond.
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Workspace store(Tx tx, Workspace before, Workspace after, Actor actor) {
        repository.save(tx, after);
        publish(tx, after.id(), WorkspaceFacts.ofChange(before.life(), after, actor));
        return after;
    }

    private static Life allowed(String id, Life life, UnaryOperator<Life> wish) {
        try {
            return wish.apply(life);
        } catch (WrongStateException e) {
            throw Problems.conflict(
                    "workspace-state",
                    String.valueOf(e.getMessage()),
                    Map.of("workspaceId", id, "state", e.status().name()));
        }
    }

    private static void publish(Tx tx, String key, List<SpecificRecordBase> facts) {
        facts.forEach(fact -> tx.publish(key, fact));
    }

    private static Actor user(String userId) {
        return new Actor(ActorKind.USER, userId);
    }
}
