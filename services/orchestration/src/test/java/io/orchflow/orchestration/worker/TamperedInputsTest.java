package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.orchflow.orchestration.plan.Allowance;
import io.orchflow.workspace.v1.ListFilesReply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TamperedInputsTest {
    private static final Map<String, String> BASE =
            Map.ofEntries(
                    Map.entry(
                            "package.json",
                            """
                            {"version": "1", "scripts": {"test": "node --test", "verify": "sh scripts/run.sh", "e2e": "sh scripts/e2e.sh"}}
                            """),
                    Map.entry("Makefile", "check:\n\tsh scripts/e2e.sh\n"),
                    Map.entry("pom.xml", "<project>\n<build/>\n</project>"),
                    Map.entry("test/a.test.mjs", "1"),
                    Map.entry("test/check.sh", "diff out.txt golden/out.txt"),
                    Map.entry("tests/test_a.py", "1"),
                    Map.entry("src/test/java/ATest.java", "1"),
                    Map.entry("scripts/e2e.sh", "node tools/look.mjs"),
                    Map.entry("scripts/run.sh", "1"),
                    Map.entry("golden/out.txt", "1"),
                    Map.entry("docs/guide.md", "1"),
                    Map.entry("specs/api.md", "1"),
                    Map.entry("src/a.mjs", "1"));

    private static Tree tree(Map<String, String> files) {
        return new Tree(
                ListFilesReply.newBuilder().addAllPaths(new TreeSet<>(files.keySet())).build(),
                path -> Optional.ofNullable(files.get(path)).map(ByteString::copyFromUtf8));
    }

    private static TamperedInputs changed(
            String command, Map<String, String> changes, Allowance allowance) {
        var after = new HashMap<>(BASE);
        after.putAll(changes);
        after.values().removeIf(FakeRepository.GONE::equals);
        var base = tree(BASE);
        var paths = changes.keySet().stream().sorted().toList();
        return TamperedInputs.of(
                new CheckReading(command, base), base, tree(after), paths, allowance);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm test                    | test/a.test.mjs src/a.mjs test/b.test.mjs | test/a.test.mjs | test/b.test.mjs",
                "node --test                 | test/a.test.mjs=gone                      | test/a.test.mjs | ",
                "npm test                    | .npmrc node_modules/.bin/node src/b.mjs   | .npmrc node_modules/.bin/node | ",
                "npm run e2e                 | scripts/e2e.sh scripts/run.sh             | scripts/e2e.sh  | ",
                "npm run verify              | src/a.mjs                                 |                 | ",
                "make check                  | Makefile scripts/e2e.sh                   | Makefile scripts/e2e.sh | ",
                "make check                  | GNUmakefile                               | GNUmakefile     | ",
                "sh test/check.sh            | test/check.sh golden/out.txt src/a.mjs    | golden/out.txt test/check.sh | ",
                "sh src/a.mjs                | src/a.mjs                                 |                 | ",
                "diff out.txt golden/out.txt | out.txt golden/out.txt                    | golden/out.txt  | ",
                "grep -q x docs/guide.md     | docs/guide.md                             |                 | ",
                "grep -q x specs/api.md      | specs/api.md                              |                 | ",
                "npm test && grep -q x specs/api.md | specs/api.md                       |                 | ",
                "npm test && grep -q x test/a.test.mjs | test/a.test.mjs                 | test/a.test.mjs | ",
                "test -s test/result.txt     | test/result.txt                           |                 | ",
                "pytest -q                   | tests/test_a.py tests/conftest.py pytest.py | pytest.py tests/test_a.py | tests/conftest.py",
                "mvn -q verify               | src/test/java/ATest.java .mvn/jvm.config  | .mvn/jvm.config src/test/java/ATest.java | ",
                "cd test && sh check.sh      | test/check.sh                             | test/check.sh   | ",
                "orchflow-probe web/page     | test/a.test.mjs package.json=gone         |                 | ",
            })
    void whatJudgedIsPutBack(String command, String changes, String restored, String added) {
        var files = new HashMap<String, String>();
        for (var change : changes.split(" +", -1)) {
            files.put(
                    change.split("=", 2)[0],
                    change.endsWith("=gone") ? FakeRepository.GONE : "changed");
        }

        var found = changed(command, files, Allowance.NONE);

        assertEquals(words(restored), found.restored());
        assertEquals(words(added), found.added());
    }

    private static List<String> words(@org.jspecify.annotations.Nullable String text) {
        return text == null ? List.of() : List.of(text.split(" +", -1));
    }

    @Test
    void whatThePlanAllowsStays() {
        var changes =
                Map.of("test/a.test.mjs", "2", "test/deep/b.test.mjs", "2", "golden/out.txt", "2");
        var found =
                changed(
                        "npm test; diff x golden/out.txt",
                        changes,
                        new Allowance(List.of("test/**/*.mjs"), false));

        assertEquals(List.of("golden/out.txt"), found.restored());
        assertTrue(found.added().isEmpty());
    }

    @Test
    void ofAManifestOnlyWhatSteersTestsCounts() {
        var dependency = Map.of("pom.xml", "<project>\n<dependency/>\n<build/>\n</project>");
        var skipped = Map.of("pom.xml", "<project>\n<skipTests>true</skipTests>\n</project>");

        assertTrue(changed("mvn verify", dependency, Allowance.NONE).none());
        assertEquals(List.of("pom.xml"), changed("mvn verify", skipped, Allowance.NONE).restored());
    }

    @Test
    void ofPackageJsonTheScriptsThatWereThere() {
        var lie =
                """
                {"version": "2", "jest": {}, "scripts": {"test": "true", "pretest": "x", "start": "y", "e2e": "sh scripts/e2e.sh", "verify": "sh scripts/run.sh"}}
                """;
        var found = changed("npm test", Map.of("package.json", lie), Allowance.NONE);
        var restored = found.rewritten().values().iterator().next().toStringUtf8();

        assertEquals(List.of("package.json"), found.paths());
        assertEquals(
                PackageJsonMapper.scripts(
                        """
                        {"scripts": {"test": "node --test", "start": "y", "e2e": "sh scripts/e2e.sh", "verify": "sh scripts/run.sh"}}
                        """),
                PackageJsonMapper.scripts(restored));
        assertTrue(restored.contains("\"2\"") && !restored.contains("jest"), restored);
    }

    @Test
    void dependenciesVersionsAndNewScriptsAreWork() {
        var honest =
                """
                {"version": "2", "type": "module", "dependencies": {"a": "1"}, "scripts": {"start": "y", "test": "node --test", "e2e": "sh scripts/e2e.sh", "verify": "sh scripts/run.sh"}}
                """;

        assertTrue(changed("npm test", Map.of("package.json", honest), Allowance.NONE).none());
    }
}
