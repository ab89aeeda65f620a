package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orchflow.workspace.v1.ListFilesReply;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeTest {
    private static final Map<String, String> LINKS =
            Map.of(
                    "a/in", "../b/file",
                    "a/up", "../../x",
                    "far", "/etc/passwd",
                    "chain", "a/up",
                    "ways", "a",
                    "round", "round");

    private final Tree tree =
            new Tree(
                    ListFilesReply.newBuilder()
                            .addAllPaths(LINKS.keySet())
                            .addPaths("b/file")
                            .putAllLinks(LINKS)
                            .build(),
                    _ -> Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "a/in, false",
        "a/up, true",
        "far, true",
        "chain, true",
        "ways/in, false",
        "ways/up, true",
        "far/deep, true",
        "round, false",
        "b/file, false",
        "none, false",
    })
    void linksAreFollowedToTheirEnd(String path, boolean out) {
        assertEquals(out, tree.leadsOut(path));
    }

    @ParameterizedTest
    @CsvSource({
        "test/*.mjs, test/a.mjs, true",
        "test/*.mjs, test/deep/a.mjs, false",
        "test/**/*.mjs, test/a.mjs, true",
        "test/**/*.mjs, test/deep/er/a.mjs, true",
        "test/**, test/deep/a, true",
        "**/a.mjs, a.mjs, true",
        "a.mjs, axmjs, false",
    })
    void patternsNamePaths(String pattern, String path, boolean names) {
        assertEquals(names, Paths.glob(pattern, path));
    }
}
