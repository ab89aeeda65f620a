package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.Subprocess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A commit's tree in which some paths are not as in the commit: as in another one, or with content
/// that somebody gives. It lies outside of the repository.
final class ScratchTree {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /// Files that are kept aside; more would make the sandbox slow to build.
    private static final int MOST_FROZEN = 500;

    private final Git git;
    private final Path frozen;
    private final Map<String, String> objects;
    private final Map<String, Path> files = new TreeMap<>();

    /// @param place private folder
    ScratchTree(BareRepository repository, String commit, Path place) throws IOException {
        this.git = repository.git();
        this.frozen = Files.createDirectories(place.resolve("overlay"));
        this.objects =
                Map.of(
                        "GIT_INDEX_FILE",
                        place.resolve("index").toString(),
                        "GIT_OBJECT_DIRECTORY",
                        Files.createDirectories(place.resolve("objects")).toString(),
                        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                        repository.path().resolve("objects").toString());
        run(null, "read-tree", commit);
    }

    /// Variables for a git that is to find this tree.
    Map<String, String> objects() {
        return objects;
    }

    /// Copies of what was put in, out of the reach of commands, by path.
    Map<String, Path> frozen() {
        return files;
    }

    /// Puts paths back to what they are in a commit, and leaves those out that it has not.
    void restore(Checks.Originals originals) throws IOException {
        Map<String, TreeEntry> there = new HashMap<>();
        Set<String> wanted = new HashSet<>(originals.paths());
        for (TreeEntry entry : TreeEntry.all(git, originals.commit())) {
            if (wanted.contains(entry.path())) {
                there.put(entry.path(), entry);
            }
        }
        StringBuilder lines = new StringBuilder();
        for (String path : wanted) {
            if (!there.containsKey(path)) {
                lines.append("0 ").append("0".repeat(40)).append('\t').append(path).append('\0');
            }
        }
        for (TreeEntry entry : there.values()) {
            lines.append(entry.mode()).append(' ').append(entry.object());
            lines.append('\t').append(entry.path()).append('\0');
        }
        byte[] input = lines.toString().getBytes(StandardCharsets.UTF_8);
        run(out -> out.write(input), "update-index", "-z", "--index-info");
        for (String path : new TreeSet<>(there.keySet())) {
            TreeEntry entry = there.get(path);
            if (entry != null && entry.file() && files.size() < MOST_FROZEN) {
                keep(
                        path,
                        git.run("cat-file", "blob", entry.object()).output(),
                        entry.executable());
            }
        }
    }

    /// Gives a path its content.
    void lay(String path, byte[] content) throws IOException {
        boolean executable = executable(path, content);
        keep(path, content, executable);
        String blob = run(out -> out.write(content), "hash-object", "-w", "--stdin");
        // --replace: a file or link that stands where the path needs a folder gives way.
        run(
                null,
                "update-index",
                "--add",
                "--replace",
                "--cacheinfo",
                (executable ? "100755," : "100644,") + blob + "," + path);
    }

    private void keep(String path, byte[] content, boolean executable) throws IOException {
        Path known = files.get(path);
        Path copy = known == null ? frozen.resolve(Integer.toString(files.size())) : known;
        Files.write(copy, content);
        copy.toFile().setExecutable(executable, false);
        copy.toFile().setReadable(true, false);
        files.put(path, copy);
    }

    /// As it is in the tree; a new file when it is a script.
    private boolean executable(String path, byte[] content) throws IOException {
        String listed = run(null, "ls-files", "--stage", "--", ":(top,literal)" + path);
        String begin =
                new String(content, 0, Math.min(2, content.length), StandardCharsets.ISO_8859_1);
        return listed.startsWith("100755") || (listed.isEmpty() && begin.equals("#!"));
    }

    /// The id of the tree.
    String write() throws IOException {
        return run(null, "write-tree");
    }

    private String run(Subprocess.@Nullable Input input, String... arguments) throws IOException {
        ProcessBuilder builder = git.builder(arguments);
        builder.environment().putAll(objects);
        return Git.require(Subprocess.run(builder, input, LIMIT), arguments[0]).text().strip();
    }

    /// One line of a tree, with all below it.
    record TreeEntry(String mode, String object, String path) {

        static List<TreeEntry> all(Git git, String commit) throws IOException {
            return git.records("ls-tree", "-r", "-z", "--full-tree", commit).stream()
                    .map(TreeEntry::read)
                    .toList();
        }

        private static TreeEntry read(String line) {
            int tab = line.indexOf('\t');
            String[] fields = line.substring(0, tab).split(" ", 3);
            return new TreeEntry(fields[0], fields[2], line.substring(tab + 1));
        }

        boolean file() {
            return mode.startsWith("100");
        }

        boolean executable() {
            return mode.equals("100755");
        }

        boolean link() {
            return mode.equals("120000");
        }

        boolean submodule() {
            return mode.equals("160000");
        }
    }
}
