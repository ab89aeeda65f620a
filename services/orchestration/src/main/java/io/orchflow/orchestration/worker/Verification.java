package io.orchflow.orchestration.worker;

import io.orchflow.events.Ids;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.Evidence.Baseline;
import io.orchflow.orchestration.task.Evidence.Output;
import io.orchflow.orchestration.task.Evidence.Scrutiny;
import io.orchflow.orchestration.task.Evidence.Stage;
import io.orchflow.orchestration.task.Task;
import io.orchflow.orchestration.task.Work;
import org.jspecify.annotations.Nullable;

/// Runs a task's frozen checks and records what came of it. Every run is recorded on its own, so
/// that one which was interrupted goes on where it was.
final class Verification {
    private final LeasedSwarm swarm;
    private final StopSignal stop;

    Verification(LeasedSwarm swarm, StopSignal stop) {
        this.swarm = swarm;
        this.stop = stop;
    }

    /// The checks on the task's own commit, each on its base first.
    void ofCommit(String taskId, String agentId, Work work, int round) {
        var task = swarm.now().task(taskId).orElseThrow();
        var asked = trusted(task) ? null : new Trees(tree(work.baseCommit()), tree(work.commit()));
        for (int i = 0; i < task.checks().size(); i++) {
            if (!task.has(Stage.COMMIT, round, i, work.commit())) {
                var at = new At(task, agentId, Stage.COMMIT, round, i, work.commit());
                var questions = asked == null ? null : questions(at, work, asked);
                record(at, baseline(at, work.baseCommit()), work, questions);
            }
        }
    }

    /// The checks on the merged tree.
    void ofMerge(String taskId, String agentId, Work work, String mergedCommit) {
        var task = swarm.now().task(taskId).orElseThrow();
        for (int i = 0; i < task.checks().size(); i++) {
            if (!task.has(Stage.MERGED, 0, i, mergedCommit)) {
                record(new At(task, agentId, Stage.MERGED, 0, i, mergedCommit), null, work, null);
            }
        }
    }

    private record Trees(Tree base, Tree commit) {}

    private Questions questions(At at, Work work, Trees trees) {
        return new Questions(
                at.command(),
                work,
                at.task().planned().allowed(),
                trees.base(),
                trees.commit(),
                (name, trial) -> run(at.requestId(name), trial));
    }

    /// One run that is due.
    private record At(Task task, String agentId, Stage stage, int round, int check, String commit) {
        String requestId(String suffix) {
            return "%s:%s:%d:%d:%s".formatted(agentId, stage, round, check, suffix);
        }

        String command() {
            return task.checks().get(check).command();
        }
    }

    private @Nullable CheckRun baseline(At at, String base) {
        if (base.isEmpty()) {
            return null;
        }
        return run(at.requestId("base"), new Trial(base, at.command()));
    }

    private CheckRun run(String requestId, Trial trial) {
        return swarm.persistently(stop, () -> swarm.calls().check(requestId, trial, stop));
    }

    private Tree tree(String commit) {
        if (commit.isEmpty()) {
            return Tree.empty();
        }
        var listed = swarm.persistently(stop, () -> swarm.calls().files(commit));
        return new Tree(
                listed, path -> swarm.persistently(stop, () -> swarm.calls().file(commit, path)));
    }

    /// A recipe is pinned by its digest and cannot know its checks: there is nothing to ask.
    private static boolean trusted(Task task) {
        return task.planned().adapter() == AdapterKind.RECIPE;
    }

    private static Baseline baseline(CheckRun run) {
        return new Baseline(run.exitCode(), new Output(run.sha256(), run.bytes()));
    }

    private void record(At at, @Nullable CheckRun base, Work work, @Nullable Questions questions) {
        var run = run(at.requestId(at.commit()), new Trial(at.commit(), at.command()));
        var evidence =
                new Evidence(
                        Ids.next(),
                        at.agentId(),
                        at.stage(),
                        at.round(),
                        at.check(),
                        at.command(),
                        at.task().checks().get(at.check()).sha256(),
                        run.exitCode(),
                        base == null ? null : baseline(base),
                        questions == null ? Scrutiny.NONE : questions.answers(run),
                        run.sha256(),
                        run.bytes(),
                        questions == null
                                ? CheckInputs.changedBy(at.command(), work.changedPaths())
                                : questions.inputsChanged(),
                        at.commit(),
                        run.assurance(),
                        swarm.time());
        swarm.store()
                .keepOutput(
                        swarm.lease(),
                        evidence.id(),
                        run.output().toByteArray(),
                        base == null ? null : base.output().toByteArray());
        swarm.change(s -> s.proved(at.task().id(), evidence));
    }
}
