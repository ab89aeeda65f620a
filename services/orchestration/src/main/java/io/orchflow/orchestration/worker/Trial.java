package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;

/// A check to run, and the tree to run it on.
///
/// @param base where the originals come from
/// @param originals paths that are as on the base, or not there where the base has none
/// @param overlay content by path, in place of what the commit has
record Trial(
        String commit,
        String command,
        String base,
        List<String> originals,
        Map<String, ByteString> overlay) {

    Trial {
        originals = List.copyOf(originals);
        overlay = Map.copyOf(overlay);
    }

    /// On a commit as it is.
    Trial(String commit, String command) {
        this(commit, command, "", List.of(), Map.of());
    }
}
