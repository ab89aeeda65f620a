package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;
import io.orchflow.workspace.v1.ListFilesReply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a commit holds. Not for several threads.
final class Tree {
    private static final int DEEPEST = 40;

    private final Set<String> paths;
    private final Map<String, String> links;
    private final Set<String> submodules;
    private final Function<String, Optional<ByteString>> reader;
    private final Map<String, Optional<ByteString>> read = new HashMap<>();

    Tree(ListFilesReply listed, Function<String, Optional<ByteString>> reader) {
        this.paths = new TreeSet<>(listed.getPathsList());
        this.links = Map.copyOf(listed.getLinksMap());
        this.submodules = new HashSet<>(listed.getSubmodulesList());
        this.reader = reader;
    }

    /// Where there is no commit yet.
    static Tree empty() {
        return new Tree(ListFilesReply.getDefaultInstance(), _ -> Optional.empty());
    }

    /// Sorted.
    Set<String> paths() {
        return paths;
    }

    /// Whether it is there, as a file, a link or a submodule.
    boolean has(String path) {
        return paths.contains(path);
    }

    boolean file(String path) {
        return has(path) && !links.containsKey(path) && !submodules.contains(path);
    }

    boolean submodule(String path) {
        return submodules.contains(path);
    }

    boolean folder(String path) {
        return paths.stream().anyMatch(other -> other.startsWith(path + "/"));
    }

    /// Where a link leads, as it was written.
    @Nullable String link(String path) {
        return links.get(path);
    }

    /// The content of a plain file; empty where there is none or it is too large.
    Optional<ByteString> content(String path) {
        return file(path) ? read.computeIfAbsent(path, reader) : Optional.empty();
    }

    /// The same, read as UTF-8.
    Optional<String> text(String path) {
        return content(path).map(ByteString::toStringUtf8);
    }

    /// Whether following a path by the links of this tree ends outside of it.
    boolean leadsOut(String path) {
        var at = path;
        for (int i = 0; i < DEEPEST; i++) {
            var link = firstLink(at);
            if (link == null) {
                return false;
            }
            var target = String.valueOf(links.get(link));
            var folder = link.contains("/") ? link.substring(0, link.lastIndexOf('/')) : "";
            var next = target.startsWith("/") ? null : Paths.join(folder, target);
            if (next == null) {
                return true;
            }
            var rest = at.substring(link.length());
            at = rest.isEmpty() ? next : Paths.join(next, rest.substring(1));
            if (at == null) {
                return true;
            }
        }
        return false;
    }

    /// The shortest part of a path that is a link.
    private @Nullable String firstLink(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (links.containsKey(path.substring(0, slash))) {
                return path.substring(0, slash);
            }
        }
        return links.containsKey(path) ? path : null;
    }
}
