package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.SandboxMode;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.Subprocess.Finished;
import io.orchflow.agent.sandbox.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
    /// @return where the overlay's files lie as well, out of the reach of the commands, by path
    Map<String, Path> write(String commit, Map<String, byte[]> overlay, Path place, int uid)
            throws IOException {
        Path work = Files.createDirectories(place.resolve("work"));
        Trees.giveTo(work, uid);
        Map<String, Path> files = new TreeMap<>();
        Map<String, String> objects = new HashMap<>();
        String tree = commit;
        if (!overlay.isEmpty()) {
            Path frozen = Files.createDirectories(place.resolve("overlay"));
            objects.put("GIT_INDEX_FILE", place.resolve("index").toString());
            objects.put(
                    "GIT_OBJECT_DIRECTORY",
                    Files.createDirectories(place.resolve("objects")).toString());
            objects.put(
                    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                    repository.path().resolve("objects").toString());
            git(objects, null, "read-tree", commit);
            for (Map.Entry<String, byte[]> file : new TreeMap<>(overlay).entrySet()) {
                Path copy = frozen.resolve(Integer.toString(files.size()));
                Files.write(copy, file.getValue());
                boolean executable = executable(objects, file.getKey(), file.getValue());
                copy.toFile().setExecutable(executable, false);
                copy.toFile().setReadable(true, false);
                files.put(file.getKey(), copy);
                String blob =
                        git(
                                objects,
                                out -> out.write(file.getValue()),
                                "hash-object",
                                "-w",
                                "--stdin");
                // --replace: a file or link that stands where the path needs a folder gives way.
                git(
                        objects,
                        null,
                        "update-index",
                        "--add",
                        "--replace",
                        "--cacheinfo",
                        (executable ? "100755," : "100644,") + blob + "," + file.getKey());
            }
            tree = git(objects, null, "write-tree");
        }
        extract(tree, objects, work, uid);
        return files;
    }

    /// As it is in the commit; a new file when it is a script.
    private boolean executable(Map<String, String> objects, String path, byte[] content)
            throws IOException {
        String listed = git(objects, null, "ls-files", "--stage", "--", ":(top,literal)" + path);
        return listed.startsWith("100755")
                || (listed.isEmpty()
                        && new String(
                                        content,
                                        0,
                                        Math.min(2, content.length),
                                        StandardCharsets.ISO_8859_1)
                                .equals("#!"));
    }

    private String git(
            Map<String, String> objects, Subprocess.@Nullable Input input, String... arguments)
            throws IOException {
        ProcessBuilder builder = repository.git().builder(arguments);
        builder.environment().putAll(objects);
        Finished finished = Subprocess.run(builder, input, Duration.ofMinutes(LIMIT_MINUTES));
        return Git.require(finished, arguments[0]).text().strip();
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
