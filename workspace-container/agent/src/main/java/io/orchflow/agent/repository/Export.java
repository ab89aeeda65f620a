package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.SandboxMode;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Writes the tree of a commit into a folder: exactly what the commit holds, and files laid over it
/// where wished.
final class Export {

    private static final long LIMIT_MINUTES = 10;

    private final BareRepository repository;
    private final SandboxMode mode;

    Export(BareRepository repository, SandboxMode mode) {
        this.repository = repository;
        this.mode = mode;
    }

    /// @param overlay content by path; the paths are [Names#path]s
    /// @param place private folder; `work` in it is made and belongs to `uid`
    /// @return where originals and overlay lie as well, out of the reach of the commands, by path
    Map<String, Path> write(
            String commit,
            Checks.Originals originals,
            Map<String, byte[]> overlay,
            Path place,
            int uid)
            throws IOException {
        Path work = Files.createDirectories(place.resolve("work"));
        Trees.giveTo(work, uid);
        if (overlay.isEmpty() && originals.paths().isEmpty()) {
            extract(commit, Map.of(), work, uid);
            return Map.of();
        }
        ScratchTree tree = new ScratchTree(repository, commit, place);
        if (!originals.paths().isEmpty()) {
            tree.restore(originals);
        }
        for (Map.Entry<String, byte[]> file : new TreeMap<>(overlay).entrySet()) {
            tree.lay(file.getKey(), file.getValue());
        }
        extract(tree.write(), tree.objects(), work, uid);
        return tree.frozen();
    }

    /// The files are written by their future owner, who has no rights here and cannot reach beyond
    /// the folder it starts in.
    private void extract(String tree, Map<String, String> objects, Path work, int uid)
            throws IOException {
        ProcessBuilder archive = repository.git().builder("archive", "--format=tar", tree);
        archive.environment().putAll(objects);
        archive.redirectError(ProcessBuilder.Redirect.DISCARD);
        List<String> tar = new ArrayList<>();
        if (mode == SandboxMode.ROOT) {
            tar.addAll(
                    List.of(
                            "setpriv",
                            "--reuid",
                            Integer.toString(uid),
                            "--regid",
                            Integer.toString(uid),
                            "--clear-groups",
                            "--inh-caps=-all",
                            "--bounding-set=-all",
                            "--no-new-privs"));
        }
        tar.addAll(List.of("tar", "-xf", "-", "--no-same-owner", "--no-same-permissions"));
        ProcessBuilder extract = Subprocess.builder(tar, Git.environment(), work);
        extract.redirectError(ProcessBuilder.Redirect.DISCARD);
        extract.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        List<Process> both = ProcessBuilder.startPipeline(List.of(archive, extract));
        try {
            for (Process process : both) {
                if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                    throw new IOException("the tree " + tree + " cannot be exported");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            both.forEach(Process::destroyForcibly);
        }
    }
}
