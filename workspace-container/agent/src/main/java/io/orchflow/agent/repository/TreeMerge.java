package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.Subprocess.Finished;
import java.io.IOException;
import java.util.List;

/// What a three-way merge of two commits gives, without a working tree.
///
/// @param tree id of the merged tree; with conflicts it holds their marks
/// @param conflicts paths
record TreeMerge(String tree, List<String> conflicts) {

    TreeMerge {
        conflicts = List.copyOf(conflicts);
    }

    /// The tree goes into the repository of `git`.
    static TreeMerge of(Git git, String ours, String theirs) throws IOException {
        Finished finished =
                git.tryRun(
                        null,
                        "merge-tree",
                        "--write-tree",
                        "-z",
                        "--name-only",
                        "--no-messages",
                        ours,
                        theirs);
        if (finished.exitCode() > 1) {
            throw new IOException("git merge-tree: " + finished.lastError());
        }
        List<String> records = Git.split(finished.output());
        return new TreeMerge(
                records.getFirst().strip(),
                records.subList(1, records.size()).stream().distinct().toList());
    }
}
