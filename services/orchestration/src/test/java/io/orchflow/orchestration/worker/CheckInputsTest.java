package io.orchflow.orchestration.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckInputsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node --test test/books.test.js | test/books.test.js src/books.js | test/books.test.js",
                "node --test                    | test/a.test.js src/a.js         | test/a.test.js",
                "npm test                       | package.json src/a.js lib/b.js  | package.json",
                "sh ./scripts/check.sh --all    | scripts/check.sh scripts/b.sh   | scripts/check.sh",
                "./verify                       | verify src/verify.js            | verify",
                "pytest -q                      | tests/test_a.py conftest.py a.py pyproject.toml"
                        + " | tests/test_a.py conftest.py pyproject.toml",
                "mvn -q verify                  | src/test/java/ATest.java src/main/java/A.java pom.xml"
                        + " | src/test/java/ATest.java pom.xml",
                "cd app && go test ./...        | app/a_test.go go.mod b.go       | app/a_test.go go.mod",
                "diff out.txt expected/out.txt  | expected/out.txt out.txt x      | expected/out.txt out.txt",
                "grep -q x docs                 | docs/a.md docs/b/c.md e.md      | docs/a.md docs/b/c.md",
                "eslint --config=lint.json src  | lint.json README.md             | lint.json",
                "cat reports/*.txt              | reports/a.txt reports/b/c.txt   | reports/a.txt",
                "test -s README.md              | src/a.js                        | ''",
            })
    void namesWhatTheCheckReads(String command, String changed, String expected) {
        assertEquals(words(expected), CheckInputs.changedBy(command, words(changed)));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +", -1));
    }
}
