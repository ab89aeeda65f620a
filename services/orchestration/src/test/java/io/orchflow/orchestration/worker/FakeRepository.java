package io.orchflow.orchestration.worker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A git repository as far as the engine can tell: commits are files and ancestors. One lock.
final class FakeRepository {

    record Commit(Map<String, String> files, Set<String> ancestors) {}

    /// @param conflicts not empty: there is no merged commit
    record Merged(String expectedMain, String commit, List<String> conflicts) {}

    /// Instead of a content: the file is deleted. `-> TARGET` is a link, `@` a submodule.
    static final String GONE = "gone";

    private final Map<String, Commit> commits = new HashMap<>();
    private int next = 1;
    private String main;

    FakeRepository() {
        main = add(Map.of("README.md", "hello"), Set.of());
    }

    synchronized String main() {
        return main;
    }

    /// What was there before anybody worked.
    synchronized void begin(Map<String, String> files) {
        main = commit(main, files);
    }

    synchronized Map<String, String> files(String commit) {
        return find(commit).files();
    }

    synchronized boolean contains(String head, String commit) {
        return head.equals(commit) || find(head).ancestors().contains(commit);
    }

    /// A commit on top of another; the same one where nothing changes.
    synchronized String commit(String base, Map<String, String> changes) {
        var files = new TreeMap<>(find(base).files());
        files.putAll(changes);
        files.values().removeIf(GONE::equals);
        if (files.equals(find(base).files())) {
            return base;
        }
        return add(files, with(find(base).ancestors(), base));
    }

    synchronized List<String> changed(String base, String commit) {
        var before = find(base).files();
        var after = find(commit).files();
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        paths.removeIf(path -> java.util.Objects.equals(before.get(path), after.get(path)));
        return List.copyOf(paths);
    }

    synchronized Merged merge(String commit) {
        if (contains(main, commit)) {
            return new Merged(main, main, List.of());
        }
        if (contains(commit, main)) {
            return new Merged(main, commit, List.of());
        }
        var base = base(commit);
        var conflicts = new TreeSet<>(changed(base, commit));
        conflicts.retainAll(changed(base, main));
        conflicts.removeIf(p -> java.util.Objects.equals(files(commit).get(p), files(main).get(p)));
        if (!conflicts.isEmpty()) {
            return new Merged(main, "", List.copyOf(conflicts));
        }
        var files = new TreeMap<>(files(main));
        for (var path : changed(base, commit)) {
            files.put(path, files(commit).get(path));
        }
        var ancestors = with(with(find(main).ancestors(), main), commit);
        ancestors.addAll(find(commit).ancestors());
        return new Merged(main, add(files, ancestors), List.of());
    }

    synchronized boolean tryMove(String expected, String to) {
        if (!main.equals(expected)) {
            return false;
        }
        main = to;
        return true;
    }

    private String base(String commit) {
        return find(commit).ancestors().stream()
                .filter(ancestor -> contains(main, ancestor))
                .max(java.util.Comparator.comparingInt(a -> find(a).ancestors().size()))
                .orElseThrow();
    }

    private Commit find(String commit) {
        var found = commits.get(commit);
        if (found == null) {
            throw new IllegalArgumentException("no commit " + commit);
        }
        return found;
    }

    private String add(Map<String, String> files, Set<String> ancestors) {
        var id = "c" + next++;
        commits.put(id, new Commit(Map.copyOf(files), Set.copyOf(ancestors)));
        return id;
    }

    private static Set<String> with(Set<String> all, String one) {
        var more = new HashSet<>(all);
        more.add(one);
        return more;
    }
}
