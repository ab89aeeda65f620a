package io.orchflow.agent.repository;

import io.orchflow.agent.repository.GuestGit.Carried;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.sandbox.Subprocess.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// The checkout that people work in: a clone of its own, kept in step with main in both directions,
/// never at the price of somebody's edits. Calls must not overlap; [MainBranch] sees to it.
final class MainCheckout {

    private static final Logger LOG = Logger.getLogger(MainCheckout.class);

    /// Puts out main of the checkout and a pack, when it is ahead of the authoritative one. Exit
    /// code 3: it is not.
    private static final String CARRY =
            """
            set -eu
            head=$(git rev-parse --verify -q 'refs/heads/main^{commit}')
            test "$head" != "$MAIN" || exit 3
            git cat-file -e "$MAIN^{commit}" 2>/dev/null || exit 3
            git merge-base --is-ancestor "$MAIN" "$head" || exit 3
            echo "$head"
            printf '%s\\n^%s\\n' "$head" "$MAIN" | git pack-objects --revs --stdout --thin -q
            """;

    /// Takes in the objects of the new main, so that people can get at it whatever they have
    /// checked out; then moves the checkout. Local edits and files in the way make git refuse.
    private static final String FOLLOW =
            """
            test -n "$KNOWN" || git index-pack --stdin --fix-thin >/dev/null || exit 5
            git update-ref refs/remotes/orchflow/main "$COMMIT" || exit 5
            test "$(git symbolic-ref -q HEAD)" = refs/heads/main || exit 4
            git merge-base --is-ancestor HEAD "$COMMIT" || exit 6
            exec git merge --ff-only --quiet --no-overwrite-ignore --no-stat "$COMMIT"
            """;

    private static final int NOTHING_NEW = 3;
    private static final int OTHER_BRANCH = 4;
    private static final int NOT_TAKEN = 5;
    private static final int OWN_COMMITS = 6;

    private final BareRepository repository;
    private final Clones clones;
    private final GuestGit guest;
    private final Path folder;
    private final Path delivered;
    private final Path scratch;
    private final int uid;
    private String seen = "";

    /// Where it lies.
    ///
    /// @param delivered file that remembers which main the checkout has got
    /// @param scratch private folder for files on their way
    /// @param uid its owner, where sandboxes have users of their own
    record Place(Path folder, Path delivered, Path scratch, int uid) {}

    MainCheckout(BareRepository repository, Clones clones, Sandboxes sandboxes, Place place) {
        this.repository = repository;
        this.clones = clones;
        this.guest = new GuestGit(sandboxes);
        this.folder = place.folder();
        this.delivered = place.delivered();
        this.scratch = place.scratch();
        this.uid = place.uid();
    }

    void ensure() throws IOException {
        if (!Files.isDirectory(folder) || isEmpty(folder)) {
            String main = repository.main();
            clones.create(folder, main, uid);
            Files.createDirectories(delivered.getParent());
            Files.writeString(delivered, main);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    /// Fast-forwards the authoritative main to commits that people made in the checkout, if there
    /// are any.
    void carryOver() throws IOException {
        String now = fingerprint();
        if (now.equals(seen)) {
            return;
        }
        Files.createDirectories(scratch);
        Path file = Files.createTempFile(scratch, "main", ".pack");
        try {
            String main = repository.main();
            Finished finished = guest.run(folder, uid, CARRY, Map.of("MAIN", main), null, file);
            if (finished.exitCode() == 0) {
                Carried carried = Carried.read(file);
                repository.takeIn(carried.pack(), carried.commit());
                if (repository.isAncestor(main, carried.commit())) {
                    repository.tryMoveMain(main, carried.commit());
                }
            } else if (finished.exitCode() != NOTHING_NEW) {
                LOG.warnf(
                        "the main checkout's commits were left where they are: %s",
                        finished.lastError());
            }
            seen = now;
        } catch (Refusal e) {
            LOG.warnf("the main checkout's commits were refused: %s", e.getMessage());
            seen = now;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// Changes whenever a branch of the checkout moves: git writes each move into this file.
    /// Nothing in it is read.
    private String fingerprint() {
        StringBuilder print = new StringBuilder();
        for (String name : List.of(".git/logs/HEAD", ".git/logs/refs/heads/main", ".git/HEAD")) {
            try {
                BasicFileAttributes file =
                        Files.readAttributes(
                                folder.resolve(name),
                                BasicFileAttributes.class,
                                LinkOption.NOFOLLOW_LINKS);
                print.append(file.size()).append('@').append(file.lastModifiedTime()).append(' ');
            } catch (IOException e) {
                print.append("- ");
            }
        }
        return print.toString();
    }

    /// Brings the checkout to the new main where that loses nothing.
    ///
    /// @return why it was left alone; empty when it followed
    String follow(String commit) throws IOException {
        String last = Files.isRegularFile(delivered) ? Files.readString(delivered).strip() : "";
        Finished finished = follow(commit, last);
        if (finished.exitCode() == NOT_TAKEN && !last.isEmpty()) {
            finished = follow(commit, "");
        }
        seen = fingerprint();
        if (finished.exitCode() != NOT_TAKEN) {
            Files.writeString(delivered, commit);
        }
        return switch (finished.exitCode()) {
            case 0 -> "";
            case OTHER_BRANCH -> "the main checkout is on another branch";
            case NOT_TAKEN -> "the main checkout's git repository is not usable";
            case OWN_COMMITS -> "the main checkout has commits of its own that are not on main";
            default -> reason(finished);
        };
    }

    private static String reason(Finished finished) {
        String files =
                finished.errors()
                        .lines()
                        .filter(line -> line.startsWith("\t"))
                        .map(String::strip)
                        .limit(10)
                        .collect(Collectors.joining(", "));
        return files.isEmpty()
                ? "the main checkout was left alone: " + finished.lastError()
                : "the main checkout has edits of its own in " + files;
    }

    /// @param known a commit that the checkout was given before; empty: none
    private Finished follow(String commit, String known) throws IOException {
        Files.createDirectories(scratch);
        Path pack = Files.createTempFile(scratch, "main", ".pack");
        try {
            boolean has = known.equals(commit);
            if (!has) {
                repository.pack(commit, known, pack);
            }
            return guest.run(
                    folder,
                    uid,
                    FOLLOW,
                    Map.of("COMMIT", commit, "KNOWN", has ? commit : ""),
                    out -> Files.copy(pack, out),
                    null);
        } finally {
            Files.deleteIfExists(pack);
        }
    }
}
