package io.orchflow.orchestration.worker;

import java.util.ArrayDeque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Relative paths in a tree, as text.
final class Paths {
    private Paths() {}

    /// @param folder relative to the root; empty: the root
    /// @return without `.` and `..`; empty: the root; null where it leads out
    static @Nullable String join(String folder, String path) {
        var parts = new ArrayDeque<String>();
        for (var part : (folder + "/" + path).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return null;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Whether a word of a command line names a path: itself, a folder above it, or a pattern (`*`
    /// within a folder, `**` across).
    static boolean names(String word, String path) {
        if (word.isEmpty() || path.equals(word) || path.startsWith(word + "/")) {
            return true;
        }
        return word.contains("*") && glob(word, path);
    }

    static boolean glob(String pattern, String path) {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '*') {
                regex.append(Pattern.quote(String.valueOf(c)));
            } else if (pattern.startsWith("**/", i)) {
                regex.append("(.*/)?");
                i += 2;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                regex.append("[^/]*");
            }
        }
        return Pattern.matches(regex.toString(), path);
    }
}
