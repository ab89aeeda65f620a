package io.orchflow.agent.repository;

import io.orchflow.agent.repository.GuestGit.Carried;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.Subprocess.Finished;
import io.orchflow.agent.sandbox.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Merges of work that is not finished, on trial. They lie in a repository of their own that
/// borrows the authoritative one's objects, and go with it; no clone is touched.
///
/// One call at a time; a call takes a sandboxed git run for each clone that has changed since the
/// last one, and a merge for each pair that changed the same files.
public final class TrialMerges {

    private static final Logger LOG = Logger.getLogger(TrialMerges.class);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int MOST_PATHS = 100;

    /// Snapshots after which the repository of trials is made anew: nothing in it is collected.
    private static final int MOST_SNAPSHOTS = 500;

    /// All of the working tree as one commit on the base, made aside, unless it is very large. Its
    /// dates are fixed: the same tree is the same commit.
    private static final String SNAPSHOT =
            """
            set -eu
            aside=$(mktemp -d)
            trap 'rm -rf "$aside"' EXIT
            export GIT_ALTERNATE_OBJECT_DIRECTORIES="$PWD/.git/objects"
            export GIT_INDEX_FILE="$aside/index" GIT_OBJECT_DIRECTORY="$aside/objects"
            mkdir "$aside/objects"
            size=$(git ls-files -z -m -o --exclude-standard | xargs -0 -r stat -c %s 2>/dev/null |
                awk '{ sum += $1 } END { printf "%.0f", sum }')
            [ "$size" -le 104857600 ] || { echo "$size bytes are new" >&2; exit 3; }
            cp .git/index "$aside/index" 2>/dev/null || git read-tree "$BASE"
            git add -A -- . >/dev/null
            export GIT_AUTHOR_DATE='@0 +0000' GIT_COMMITTER_DATE='@0 +0000'
            head=$(git commit-tree "$(git write-tree)" -p "$BASE" -m trial)
            echo "$head"
            printf '%s\\n^%s\\n' "$head" "$BASE" | git pack-objects --revs --stdout --thin -q
            """;

    private final BareRepository repository;
    private final GuestGit guest;
    private final Path scratch;
    private final Path place;
    private final Map<String, Snapshot> snapshots = new HashMap<>();
    private final Map<List<String>, List<String>> merged = new LinkedHashMap<>();
    private @Nullable BareRepository trials;
    private int taken;

    TrialMerges(BareRepository repository, Sandboxes sandboxes, Path scratch) {
        this.repository = repository;
        this.guest = new GuestGit(sandboxes);
        this.scratch = scratch;
        this.place = scratch.resolve("trials.git");
    }

    /// A clone whose agent is at work.
    public record Draft(String agentId, Path folder, int uid, String base) {}

    /// Two that cannot be merged by git alone.
    ///
    /// @param otherId another agent; empty: main
    /// @param paths sorted, at most 100
    public record Collision(String agentId, String otherId, List<String> paths) {}

    private record Snapshot(String seen, String base, String commit, Set<String> changed) {}

    /// What would conflict now. A clone that cannot be read at the moment is left out.
    public synchronized List<Collision> collisions(List<Draft> drafts) throws IOException {
        snapshots
                .keySet()
                .retainAll(drafts.stream().map(Draft::agentId).collect(Collectors.toSet()));
        if (drafts.isEmpty()) {
            forget();
            return List.of();
        }
        if (trials == null || taken > MOST_SNAPSHOTS) {
            forget();
            trials = begin();
        }
        for (Draft draft : drafts) {
            look(draft, trials);
        }
        return compare(drafts.stream().map(Draft::agentId).toList(), trials.git());
    }

    private void forget() throws IOException {
        snapshots.clear();
        merged.clear();
        taken = 0;
        trials = null;
        Trees.delete(place);
    }

    private BareRepository begin() throws IOException {
        Files.createDirectories(scratch);
        Git git = new Git(place);
        List<String> init =
                List.of("git", "init", "--quiet", "--template=", "--bare", place.toString());
        Git.require(
                Subprocess.run(
                        Subprocess.builder(init, Git.environment(), Path.of("/")), null, LIMIT),
                "init");
        Files.createDirectories(place.resolve("objects/info"));
        Files.writeString(
                place.resolve("objects/info/alternates"),
                repository.path().resolve("objects") + "\n");
        return new BareRepository(git);
    }

    // ------------------------------------------------------------------------------ snapshots

    private void look(Draft draft, BareRepository into) {
        try {
            String seen = Fingerprint.of(draft.folder());
            Snapshot known = snapshots.get(draft.agentId());
            if (known == null || !known.seen.equals(seen)) {
                snapshots.put(draft.agentId(), take(draft, seen, into));
            }
        } catch (IOException | Refusal e) {
            LOG.debugf("no trial of agentId=%s: %s", draft.agentId(), e.getMessage());
        }
    }

    private Snapshot take(Draft draft, String seen, BareRepository into) throws IOException {
        Path file = Files.createTempFile(scratch, "trial", ".pack");
        try {
            Map<String, String> variables = Map.of("BASE", draft.base());
            Finished finished =
                    guest.run(draft.folder(), draft.uid(), SNAPSHOT, variables, null, file);
            if (finished.exitCode() != 0) {
                throw Refusal.wrongState(finished.lastError());
            }
            Carried carried = Carried.read(file);
            into.takeIn(carried.pack(), carried.commit(), draft.base());
            taken++;
            Set<String> changed = new TreeSet<>(into.changedPaths(draft.base(), carried.commit()));
            return new Snapshot(seen, draft.base(), carried.commit(), changed);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    // ------------------------------------------------------------------------------ merges

    private List<Collision> compare(List<String> agents, Git git) throws IOException {
        String main = repository.main();
        List<Collision> found = new ArrayList<>();
        for (int i = 0; i < agents.size(); i++) {
            String agent = agents.get(i);
            Snapshot ours = snapshots.get(agent);
            if (ours == null || ours.changed.isEmpty()) {
                continue;
            }
            withMain(ours, main, git)
                    .ifPresent(paths -> found.add(new Collision(agent, "", paths)));
            for (String other : agents.subList(i + 1, agents.size())) {
                Snapshot theirs = snapshots.get(other);
                if (theirs != null && touch(ours.changed, theirs.changed)) {
                    merge(git, ours.commit, theirs.commit)
                            .ifPresent(paths -> found.add(new Collision(agent, other, paths)));
                }
            }
        }
        return found;
    }

    private Optional<List<String>> withMain(Snapshot ours, String main, Git git)
            throws IOException {
        if (ours.base.equals(main)) {
            return Optional.empty();
        }
        Set<String> moved = new TreeSet<>(repository.changedPaths(ours.base, main));
        return touch(ours.changed, moved) ? merge(git, main, ours.commit) : Optional.empty();
    }

    /// Whether both have changed a path, or one a file where the other has a folder.
    private static boolean touch(Set<String> one, Set<String> other) {
        return one.stream().anyMatch(path -> other.contains(path) || below(path, other))
                || other.stream().anyMatch(path -> below(path, one));
    }

    private static boolean below(String path, Set<String> folders) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (folders.contains(path.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    private Optional<List<String>> merge(Git git, String ours, String theirs) throws IOException {
        List<String> key = List.of(ours, theirs);
        List<String> known = merged.get(key);
        if (known == null) {
            known = TreeMerge.of(git, ours, theirs).conflicts();
            known = known.stream().sorted().limit(MOST_PATHS).toList();
            merged.put(key, known);
        }
        return known.isEmpty() ? Optional.empty() : Optional.of(known);
    }
}
