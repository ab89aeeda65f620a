package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;
import io.orchflow.orchestration.plan.Allowance;
import io.orchflow.orchestration.task.Evidence.Scrutiny;
import io.orchflow.orchestration.task.Work;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is asked of a check that passed before it counts (ADR 0011): was anything changed, is there
/// what it looks at, does it pass with its own files as they were, and can it still fail? It never
/// refuses because it could not find out.
final class Questions {

    /// Test files that get a test which must fail.
    private static final int MOST_CANARIES = 50;

    /// Test files that are looked into one by one where that test did not show.
    private static final int MOST_SUSPECTS = 5;

    /// In characters; all of them travel in one message of at most 4 MiB.
    private static final int LARGEST_TEST = 256 * 1024;

    private static final int MOST_TEXT = 768 * 1024;

    /// A file without a test in it is one all the same, and no helper of others.
    private static final Pattern NAMED_TEST =
            Pattern.compile(".*[._-](test|tests|spec)\\.[^/]+|(.*/)?test_[^/]+");

    /// Runs a check.
    interface Runs {
        /// @param name of this run among those of the check
        CheckRun run(String name, Trial trial);
    }

    // None in a static field: a native image would hold the seed of its build.
    private final SecureRandom random = new SecureRandom();

    private final String command;
    private final Work work;
    private final Allowance allowance;
    private final Tree base;
    private final Tree commit;
    private final CheckReading reading;
    private final Runs runs;

    Questions(String command, Work work, Allowance allowance, Tree base, Tree commit, Runs runs) {
        this.command = command;
        this.work = work;
        this.allowance = allowance;
        this.base = base;
        this.commit = commit;
        this.reading = new CheckReading(command, base);
        this.runs = runs;
    }

    /// Files that the check reads, of those that were changed.
    List<String> inputsChanged() {
        var all = new LinkedHashSet<>(CheckInputs.changedBy(command, work.changedPaths()));
        all.addAll(tampered().paths());
        return work.changedPaths().stream().filter(all::contains).toList();
    }

    /// @param run of the check on the commit
    Scrutiny answers(CheckRun run) {
        if (run.exitCode() != 0) {
            return Scrutiny.NONE;
        }
        if (work.changedPaths().isEmpty()) {
            return allowance.mayBeEmpty()
                    ? Scrutiny.NONE
                    : Scrutiny.objection(
                            "nothing was changed. Where that may be so, allow it in the plan (mayBeEmpty)");
        }
        var misplaced = misplaced();
        if (misplaced != null) {
            return Scrutiny.objection(misplaced);
        }
        var tampered = tampered();
        Integer original = null;
        if (!tampered.none()) {
            original = runs.run("originals", trial(tampered, Map.of())).exitCode();
            if (original != 0 && !tampered.added().isEmpty()) {
                tampered = tampered.withoutAdded();
                original = runs.run("originals-alone", trial(tampered, Map.of())).exitCode();
            }
            if (original != 0) {
                return new Scrutiny(original, changedJudge(original));
            }
        }
        return new Scrutiny(original, blind(tampered));
    }

    private TamperedInputs tampered() {
        return TamperedInputs.of(reading, base, commit, work.changedPaths(), allowance);
    }

    private Trial trial(TamperedInputs tampered, Map<String, ByteString> more) {
        var overlay = new HashMap<>(tampered.rewritten());
        overlay.putAll(more);
        return new Trial(work.commit(), command, work.baseCommit(), tampered.restored(), overlay);
    }

    private String changedJudge(int exitCode) {
        var paths = tampered().paths();
        var names = String.join(", ", paths.subList(0, Math.min(5, paths.size())));
        return "it passes only because its own files were changed: "
                + names
                + (paths.size() > 5 ? " and " + (paths.size() - 5) + " more" : "")
                + ". With these as they were it ends with exit code "
                + exitCode
                + ". Where the change is right, allow it in the plan (mayChange)";
    }

    // ------------------------------------------------------------------------------ what is there

    /// Something else than a file of the tree in the place of a file that the check names.
    private @Nullable String misplaced() {
        for (var path : CheckInputs.namedBy(command, work.changedPaths())) {
            var link = commit.link(path);
            if (link != null && !link.equals(base.link(path)) && commit.leadsOut(path)) {
                return path + " is a link that leads out of the tree";
            }
            if (commit.submodule(path) && !base.submodule(path)) {
                return path + " is another repository: nothing of it is in the tree";
            }
            if (base.file(path)
                    && commit.folder(path)
                    && allowance.mayChange().stream().noneMatch(glob -> Paths.glob(glob, path))) {
                return path
                        + " was a file and is a folder. Where that is right, allow it in the plan (mayChange)";
            }
        }
        return null;
    }

    // ------------------------------------------------------------------------------ can it fail?

    private @Nullable String blind(TamperedInputs tampered) {
        var canaries = canaries(tampered);
        if (canaries.isEmpty()) {
            return null;
        }
        var all = new HashMap<String, ByteString>();
        canaries.forEach(c -> all.put(c.path(), ByteString.copyFromUtf8(c.failing())));
        var run = runs.run("canaries", trial(tampered, all));
        if (run.exitCode() != 0 && canaries.size() == 1) {
            return null;
        }
        var output = run.exitCode() == 0 ? "" : run.output().toStringUtf8();
        var silent = canaries.stream().filter(c -> !output.contains(c.token())).toList();
        for (var suspect : silent.subList(0, Math.min(MOST_SUSPECTS, silent.size()))) {
            if (counts(suspect, canaries, tampered) && !fails(suspect, tampered)) {
                return "it cannot fail any more: a test that must fail, put into "
                        + suspect.path()
                        + ", left it green. What was changed ends or silences its tests";
            }
        }
        return null;
    }

    /// Whether a test that fails in this file, with no code under test loaded, turns the check red.
    private boolean counts(Canary suspect, List<Canary> canaries, TamperedInputs tampered) {
        var passing = new HashMap<String, ByteString>();
        canaries.forEach(c -> passing.put(c.path(), ByteString.copyFromUtf8(c.passing())));
        if (runs.run("passing", trial(tampered, passing)).exitCode() != 0) {
            return false;
        }
        passing.put(suspect.path(), ByteString.copyFromUtf8(suspect.alone()));
        return runs.run("alone-" + suspect.token(), trial(tampered, passing)).exitCode() != 0;
    }

    private boolean fails(Canary suspect, TamperedInputs tampered) {
        var one = Map.of(suspect.path(), ByteString.copyFromUtf8(suspect.failing()));
        return runs.run("canary-" + suspect.token(), trial(tampered, one)).exitCode() != 0;
    }

    /// Those of the base first: an attempt may have added many to hide behind.
    private List<Canary> canaries(TamperedInputs tampered) {
        var restored = Set.copyOf(tampered.restored());
        var paths = new LinkedHashSet<String>();
        base.paths().stream().filter(restored::contains).forEach(paths::add);
        commit.paths().stream().filter(p -> !restored.contains(p)).forEach(paths::add);
        var tests =
                paths.stream()
                        .filter(path -> reading.runs(path) || reading.finds(path))
                        .sorted(Comparator.comparing((String path) -> !base.has(path)))
                        .limit(MOST_CANARIES)
                        .toList();
        var canaries = new ArrayList<Canary>();
        int room = MOST_TEXT;
        for (var path : tests) {
            var text = (restored.contains(path) ? base : commit).text(path);
            if (text.isPresent() && text.get().length() <= Math.min(room, LARGEST_TEST)) {
                room -= text.get().length();
                Canary.of(path, text.get(), token())
                        .filter(
                                c ->
                                        !c.script()
                                                || reading.runs(path)
                                                || NAMED_TEST.matcher(path).matches())
                        .ifPresent(canaries::add);
            }
        }
        return canaries;
    }

    private String token() {
        var bytes = new byte[12];
        random.nextBytes(bytes);
        return "c" + HexFormat.of().formatHex(bytes);
    }
}
