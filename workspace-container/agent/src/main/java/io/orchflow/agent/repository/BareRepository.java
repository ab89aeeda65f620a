package io.orchflow.agent.repository;

import io.orchflow.agent.repository.ScratchTree.TreeEntry;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.Subprocess.Finished;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The authoritative repository. Only this process touches it, and only with its own git. What
/// comes from elsewhere comes as a pack through fsck.
public final class BareRepository {

    static final String MAIN = "refs/heads/main";

    private static final String LARGEST_PACK = Long.toString(4L << 30);
    private static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_COMMITS = 200;
    private static final int CHUNK = 64 * 1024;

    private final Git git;

    BareRepository(Git git) {
        this.git = git;
    }

    /// Where it lies.
    public Path path() {
        return git.repository();
    }

    Git git() {
        return git;
    }

    /// Head of main.
    public String main() throws IOException {
        return git.line("rev-parse", "--verify", MAIN + "^{commit}");
    }

    /// The commit, if it is in the repository.
    ///
    /// @throws Refusal when it is not
    public String require(String commit) throws IOException {
        if (git.tryRun(null, "cat-file", "-e", commit + "^{commit}").exitCode() != 0) {
            throw Refusal.notFound("commit " + commit);
        }
        return commit;
    }

    boolean isAncestor(String commit, String of) throws IOException {
        Finished finished = git.tryRun(null, "merge-base", "--is-ancestor", commit, of);
        if (finished.exitCode() > 1) {
            throw new IOException("git merge-base: " + finished.lastError());
        }
        return finished.exitCode() == 0;
    }

    /// Takes a pack in that somebody else made: every object is checked as by `git fsck`, and the
    /// commit must then be whole.
    ///
    /// @throws Refusal when the pack or the commit is not sound; then no ref has moved
    void takeIn(Subprocess.Input pack, String commit) throws IOException {
        takeIn(pack, commit, "--all");
    }

    /// As above.
    ///
    /// @param known what is whole for sure: a commit
    void takeIn(Subprocess.Input pack, String commit, String known) throws IOException {
        Finished indexed =
                git.tryRun(
                        pack,
                        "index-pack",
                        "--stdin",
                        "--fix-thin",
                        "--strict",
                        "--max-input-size=" + LARGEST_PACK);
        if (indexed.exitCode() != 0) {
            throw Refusal.wrongState("the commits did not pass fsck: " + indexed.lastError());
        }
        require(commit);
        Finished whole =
                git.tryRun(null, "rev-list", "--objects", "--quiet", commit, "--not", known);
        if (whole.exitCode() != 0) {
            throw Refusal.wrongState("the commits are not complete: " + whole.lastError());
        }
    }

    /// A commit with the same tree, straight on top of another one.
    String onTop(String base, String commit, String subject) throws IOException {
        return git.line("commit-tree", commit + "^{tree}", "-p", base, "-m", subject);
    }

    /// Writes a pack of what `commit` has and `except` has not; of everything when `except` is
    /// empty.
    void pack(String commit, String except, Path file) throws IOException {
        String revisions = commit + "\n" + (except.isEmpty() ? "" : "^" + except + "\n");
        ProcessBuilder builder =
                git.builder("pack-objects", "--revs", "--stdout", "--thin", "-q")
                        .redirectOutput(file.toFile());
        Git.require(
                Subprocess.run(
                        builder,
                        out -> out.write(revisions.getBytes(StandardCharsets.US_ASCII)),
                        Duration.ofMinutes(10)),
                "pack-objects");
    }

    void setRef(String ref, String commit) throws IOException {
        git.run("update-ref", ref, commit);
    }

    /// Moves main if it still is where the caller saw it.
    boolean tryMoveMain(String from, String to) throws IOException {
        return git.tryRun(null, "update-ref", "-m", "orchflow: merge", MAIN, to, from).exitCode()
                == 0;
    }

    /// Paths that differ, sorted.
    public List<String> changedPaths(String base, String commit) throws IOException {
        return git.records("diff-tree", "-r", "-z", "--name-only", "--no-renames", base, commit);
    }

    List<TreeEntry> entries(String commit) throws IOException {
        return TreeEntry.all(git, commit);
    }

    /// Where a symbolic link leads.
    String target(TreeEntry link) throws IOException {
        return git.run("cat-file", "blob", link.object()).text();
    }

    byte[] file(String commit, String path) throws IOException {
        String object = commit + ":" + path;
        Finished type = git.tryRun(null, "cat-file", "-t", object);
        if (type.exitCode() != 0 || !type.text().strip().equals("blob")) {
            throw Refusal.notFound("file " + path + " at " + commit);
        }
        long size = Long.parseLong(git.line("cat-file", "-s", object));
        if (size > LARGEST_FILE) {
            throw new Refusal(
                    Refusal.Reason.LIMIT,
                    path + " has " + size + " bytes, at most " + LARGEST_FILE + " are given");
        }
        return git.run("cat-file", "blob", object).output();
    }

    /// One commit of a log.
    record LogEntry(String commit, String author, String authoredAt, String subject) {}

    List<LogEntry> log(String base, String commit) throws IOException {
        return git
                .records(
                        "log",
                        "-z",
                        "--max-count=" + MOST_COMMITS,
                        "--format=%H%n%an%n%aI%n%s",
                        commit,
                        "--not",
                        base)
                .stream()
                .map(entry -> entry.split("\n", 4))
                .map(
                        part ->
                                new LogEntry(
                                        part[0], part[1], part[2], part.length > 3 ? part[3] : ""))
                .toList();
    }

    /// What takes the pieces of a stream.
    interface Chunks {
        void accept(byte[] data) throws IOException;
    }

    /// Unified diff, in pieces of at most 64 KiB.
    void diff(String base, String commit, Chunks out) throws IOException {
        stream(
                out,
                "diff",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--find-renames",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                base,
                commit);
    }

    /// The tree of a commit as a zip file.
    public void zip(String commit, OutputStream out) throws IOException {
        stream(out::write, "archive", "--format=zip", commit);
    }

    private void stream(Chunks out, String... arguments) throws IOException {
        Process process =
                git.builder(arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            process.getOutputStream().close();
            byte[] buffer = new byte[CHUNK];
            int n;
            while ((n = process.getInputStream().readNBytes(buffer, 0, CHUNK)) > 0) {
                out.accept(Arrays.copyOf(buffer, n));
            }
            if (process.waitFor() != 0) {
                throw new IOException("git " + arguments[0] + ": exit code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
