package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;
import io.orchflow.orchestration.plan.Allowance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which of a commit's changes touch what judged already on the base, and the tree without
/// them.
///
/// @param restored paths to be as on the base
/// @param rewritten files of which only the steering parts are to be as on the base
/// @param added judging files that are new: the check may need them, or may not be able to do
///     without what was restored because of them
record TamperedInputs(
        List<String> restored, Map<String, ByteString> rewritten, List<String> added) {

    TamperedInputs {
        restored = List.copyOf(restored);
        rewritten = Map.copyOf(rewritten);
        added = List.copyOf(added);
    }

    static TamperedInputs of(
            CheckReading check, Tree base, Tree commit, List<String> changed, Allowance allowance) {
        var restored = new ArrayList<String>();
        var rewritten = new TreeMap<String, ByteString>();
        var added = new ArrayList<String>();
        var established = check.established();
        for (var path : changed) {
            if (allowance.mayChange().stream().anyMatch(glob -> Paths.glob(glob, path))) {
                continue;
            }
            if (check.judges(path)) {
                (base.has(path) ? restored : added).add(path);
            } else if (established && check.runners().stream().anyMatch(r -> r.steeredBy(path))) {
                restored.add(path);
            } else if (established && steers(check, base, commit, path)) {
                restored.add(path);
            } else if (established && packageJson(check, path)) {
                packageJson(base, commit, path).ifPresent(text -> rewritten.put(path, text));
            }
        }
        return new TamperedInputs(restored, rewritten, added);
    }

    private static boolean steers(CheckReading check, Tree base, Tree commit, String path) {
        return check.runners().stream().anyMatch(runner -> runner.describedBy(path))
                && Runner.steers(base.text(path).orElse(""), commit.text(path).orElse(""));
    }

    private static boolean packageJson(CheckReading check, String path) {
        return check.runners().contains(Runner.NODE)
                && Paths.name(path).equals("package.json")
                && !path.contains("node_modules/");
    }

    private static Optional<ByteString> packageJson(Tree base, Tree commit, String path) {
        return base.text(path)
                .flatMap(before -> PackageJsonMapper.restored(before, commit.text(path).orElse("")))
                .map(ByteString::copyFromUtf8);
    }

    boolean none() {
        return restored.isEmpty() && rewritten.isEmpty();
    }

    /// All of them, sorted.
    List<String> paths() {
        var all = new ArrayList<>(restored);
        all.addAll(rewritten.keySet());
        return all.stream().sorted().toList();
    }

    /// Without the judging files that are new, too.
    TamperedInputs withoutAdded() {
        var all = new ArrayList<>(restored);
        all.addAll(added);
        return new TamperedInputs(all, rewritten, List.of());
    }
}
