package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.orchestration.plan.AcceptanceCheck;
import io.orchflow.orchestration.plan.AdapterKind;
import io.orchflow.orchestration.plan.Allowance;
import io.orchflow.orchestration.plan.PlannedTask;
import io.orchflow.orchestration.swarm.Swarm;
import io.orchflow.orchestration.task.Evidence;
import io.orchflow.orchestration.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Checks that pass and yet prove nothing.
class ProvesNothingTest extends WorkersFixture {
    private static final String JUDGE = "test/check.sh";
    private static final String CHECK = "sh " + JUDGE;

    private Swarm work(String check, Allowance allowance, String... changes) {
        node();
        return awaitEnd(
                add(store, List.of(planned(AdapterKind.COMMAND, check, allowance, changes))));
    }

    private static PlannedTask planned(
            AdapterKind adapter, String check, Allowance allowance, String... changes) {
        var command = new ArrayList<>(List.of("work"));
        command.addAll(List.of(changes));
        return new PlannedTask(
                "a",
                "Task a",
                "developer",
                adapter,
                "Do it.",
                adapter == AdapterKind.RECIPE ? "r/s@0123456789ab" : null,
                adapter == AdapterKind.RECIPE ? List.of() : command,
                null,
                Map.of(),
                List.of(),
                List.of(new AcceptanceCheck(check)),
                allowance);
    }

    private static Evidence evidence(Swarm swarm) {
        return swarm.task("a").orElseThrow().evidence().getFirst();
    }

    private static void assertDone(Swarm swarm) {
        assertTrue(
                swarm.task("a").orElseThrow().state() instanceof TaskState.Done, swarm.toString());
        assertNull(evidence(swarm).scrutiny().objection());
    }

    private static void assertObjection(String begin, Swarm swarm) {
        var reason = failed(swarm, "a").reason();
        assertTrue(reason.startsWith("a check proves nothing (" + begin), reason);
        assertEquals(0, evidence(swarm).exitCode());
    }

    @Test
    void aJudgeThatWasEdited() {
        agent.repository.begin(Map.of(JUDGE, "needs result"));

        var swarm = work(CHECK, Allowance.NONE, JUDGE + "=exit 0");

        assertObjection(
                CHECK + "): it passes only because its own files were changed: " + JUDGE, swarm);
        assertEquals(1, evidence(swarm).scrutiny().originalInputsExitCode());
        assertEquals(List.of(JUDGE), evidence(swarm).inputsChanged());
    }

    @Test
    void aJudgeThatMayBeEdited() {
        agent.repository.begin(Map.of(JUDGE, "needs result"));

        var swarm =
                work(CHECK, new Allowance(List.of("test/**"), false), JUDGE + "=needs a", "a=1");

        assertDone(swarm);
        assertNull(evidence(swarm).scrutiny().originalInputsExitCode());
        assertEquals(List.of(JUDGE), evidence(swarm).inputsChanged());
    }

    @Test
    void aJudgeThatWasEditedForTheSameResult() {
        agent.repository.begin(Map.of(JUDGE, "needs result"));

        var swarm = work(CHECK, Allowance.NONE, JUDGE + "=needs result;echo fine", "result=1");

        assertDone(swarm);
        assertEquals(0, evidence(swarm).scrutiny().originalInputsExitCode());
    }

    @Test
    void aJudgeThatIsNewIsNotHeldAgainstAnybody() {
        var swarm = work(CHECK, Allowance.NONE, JUDGE + "=needs result", "result=1");

        assertDone(swarm);
        assertNull(evidence(swarm).scrutiny().originalInputsExitCode());
    }

    @Test
    void aProductThatTheCheckReadsIsNoJudge() {
        agent.repository.begin(Map.of("src/tool.sh", "exit 1", "docs/guide.md", "old"));

        var swarm = work("sh src/tool.sh", Allowance.NONE, "src/tool.sh=exit 0", "docs/guide.md=1");

        assertDone(swarm);
        assertEquals(List.of("src/tool.sh"), evidence(swarm).inputsChanged());
    }

    @Test
    void codeThatEndsItsOwnTest() {
        agent.repository.begin(Map.of(JUDGE, ". src/settings.sh;needs result"));

        var swarm = work(CHECK, Allowance.NONE, "src/settings.sh=exit 0");

        assertObjection(
                CHECK + "): it cannot fail any more: a test that must fail, put into " + JUDGE,
                swarm);
    }

    @Test
    void honestCodeCostsOneMoreRun() {
        agent.repository.begin(Map.of(JUDGE, ". src/settings.sh;needs result"));

        assertDone(work(CHECK, Allowance.NONE, "src/settings.sh=echo", "result=1"));

        assertEquals(3, agent.proofs.trials.size(), agent.proofs.trials.toString());
    }

    @Test
    void nothingWasChanged() {
        assertObjection(
                "has README.md): nothing was changed", work("has README.md", Allowance.NONE));
    }

    @Test
    void nothingHadToBeChanged() {
        assertDone(work("has README.md", new Allowance(List.of(), true)));
    }

    @Test
    void aRecipeIsNotAsked() {
        node();
        var id = add(store, List.of(planned(AdapterKind.RECIPE, "has README.md", Allowance.NONE)));
        await(id, s -> working(s, "a"));
        agent.exit("a", 0);

        assertDone(awaitEnd(id));
    }

    @Test
    void aLinkThatLeadsOut() {
        assertObjection(
                "has result): result is a link that leads out of the tree",
                work("has result", Allowance.NONE, "result=-> ways/x", "ways=-> ../../etc"));
    }

    @Test
    void aLinkWithinTheTree() {
        assertDone(work("has result", Allowance.NONE, "result=-> README.md"));
    }

    @Test
    void aSubmodule() {
        assertObjection(
                "has lib): lib is another repository", work("has lib", Allowance.NONE, "lib=@"));
    }

    @Test
    void aFolderInPlaceOfAFile() {
        assertObjection(
                "not README.md): README.md was a file and is a folder",
                work("not README.md", Allowance.NONE, "README.md=gone", "README.md/x=1"));
    }
}
