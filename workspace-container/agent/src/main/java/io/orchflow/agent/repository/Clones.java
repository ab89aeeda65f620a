package io.orchflow.agent.repository;

import io.orchflow.agent.repository.GuestGit.Carried;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.Subprocess.Finished;
import io.orchflow.agent.sandbox.Trees;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Working copies of the authoritative repository that belong to somebody else from the moment they
/// are made: each attempt's clone, and the main checkout. They share no object and no setting with
/// it.
public final class Clones {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /// Commits what was left uncommitted, then puts out the head's id and a pack of what is new
    /// since the base. Work that no longer starts at the base (rewritten history) comes as one
    /// commit on it.
    private static final String COLLECT =
            """
            set -eu
            rm -f .git/index.lock .git/HEAD.lock
            git add -A -- . >/dev/null
            git diff --cached --quiet HEAD || git commit -q --no-verify -m "$SUBJECT" >/dev/null
            head=$(git rev-parse --verify -q 'HEAD^{commit}')
            if ! git merge-base --is-ancestor "$BASE" "$head"; then
                head=$(git commit-tree "$head^{tree}" -p "$BASE" -m "$SUBJECT")
            fi
            echo "$head"
            printf '%s\\n^%s\\n' "$head" "$BASE" | git pack-objects --revs --stdout --thin -q
            """;

    private final BareRepository repository;
    private final GuestGit guest;
    private final Path scratch;

    /// @param scratch private folder for files on their way
    public Clones(BareRepository repository, Sandboxes sandboxes, Path scratch) {
        this.repository = repository;
        this.guest = new GuestGit(sandboxes);
        this.scratch = scratch;
    }

    /// The branch that holds what an earlier attempt did.
    private static final String EARLIER = "refs/heads/earlier";

    /// Makes a clone with `base` checked out on its branch `main`, and gives it away.
    public void create(Path folder, String base, int uid) throws IOException {
        create(folder, base, "", uid);
    }

    /// Makes a clone as above, with a second commit on its branch `earlier`.
    ///
    /// @param earlier empty: none
    public void create(Path folder, String base, String earlier, int uid) throws IOException {
        if (!earlier.isEmpty()) {
            repository.require(earlier);
        }
        Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
        Trees.delete(fresh);
        Files.createDirectories(fresh.getParent());
        git(
                Path.of("/"),
                "init",
                "--quiet",
                "--template=",
                "--initial-branch=main",
                fresh.toString());
        String source = repository.path().toString();
        List<String> fetch =
                new ArrayList<>(
                        List.of(
                                "-c",
                                "protocol.file.allow=always",
                                "fetch",
                                "--quiet",
                                "--no-tags"));
        fetch.addAll(List.of("--no-write-fetch-head", "--update-head-ok", "--", source));
        fetch.add(base + ":refs/heads/main");
        if (!earlier.isEmpty()) {
            fetch.add(earlier + ":" + EARLIER);
        }
        git(fresh, fetch.toArray(String[]::new));
        git(fresh, "reset", "--quiet", "--hard", "refs/heads/main");
        git(fresh, "config", "gc.auto", "0");
        Trees.giveTo(fresh, uid);
        Trees.delete(folder);
        Files.move(fresh, folder);
    }

    private void git(Path folder, String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of("git"));
        Git.SETTINGS.forEach(setting -> argv.addAll(List.of("-c", setting)));
        argv.addAll(List.of("-c", "safe.directory=*"));
        argv.addAll(List.of(arguments));
        Git.require(
                Subprocess.run(Subprocess.builder(argv, Git.environment(), folder), null, LIMIT),
                arguments[0]);
    }

    /// What an attempt left.
    @RegisterForReflection
    public record Collected(String base, String commit, List<String> changedPaths) {}

    /// Carries an attempt's commits over into the authoritative repository, under
    /// `refs/attempts/<agentId>`. No process of the attempt may be left.
    ///
    /// @throws Refusal when the clone is unusable or its commits do not pass fsck
    public Collected collect(
            Path folder,
            int uid,
            String agentId,
            String base,
            String subject,
            Map<String, String> identity)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw Refusal.notFound("clone of agent " + agentId);
        }
        Files.createDirectories(scratch);
        Path file = Files.createTempFile(scratch, "collect", ".pack");
        try {
            Map<String, String> variables = new HashMap<>(identity);
            variables.put("BASE", base);
            String line = Names.subject(subject, "Take up what " + agentId + " left");
            variables.put("SUBJECT", line);
            Finished finished = guest.run(folder, uid, COLLECT, variables, null, file);
            if (finished.exitCode() != 0) {
                throw Refusal.wrongState(
                        "the clone of agent "
                                + agentId
                                + " cannot be collected: "
                                + finished.lastError());
            }
            Carried carried = Carried.read(file);
            String commit = carried.commit();
            if (!commit.equals(base)) {
                repository.takeIn(carried.pack(), commit);
                // The clone's git said so, and the clone is the attempt's.
                if (!repository.isAncestor(base, commit)) {
                    commit = repository.onTop(base, commit, line);
                }
                repository.setRef("refs/attempts/" + agentId, commit);
            }
            return new Collected(base, commit, repository.changedPaths(base, commit));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    public void delete(Path folder) throws IOException {
        Trees.delete(folder);
    }
}
