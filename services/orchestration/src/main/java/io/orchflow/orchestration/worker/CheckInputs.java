package io.orchflow.orchestration.worker;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/// Which of a commit's changes touch what a check itself reads: an agent that edits the test it is
/// judged by shall be seen. A heuristic that would rather name one file too many:
///
/// - paths named in the command line (also as arguments such as `--config=x`): the file itself, or
///   everything below it where it is a directory;
/// - for a known runner (npm, node --test, pytest, mvn, go test, cargo, make …), its manifest and
///   configuration, and every file in a test directory or named like a test.
final class CheckInputs {
    private static final Pattern SEPARATORS = Pattern.compile("[\\s;&|()<>\"'`=,:]+");

    /// In a folder of tests, or named like a test.
    static final Pattern TEST_FILE =
            Pattern.compile(
                    "(^|.*/)(tests?|specs?|__tests__|testdata|fixtures)/.*"
                            + "|(^|.*/)(test|tests)\\.[^/]+$"
                            + "|.*[._-](test|tests|spec)\\.[^/]+$"
                            + "|(^|.*/)(test_[^/]+|conftest)\\.py$"
                            + "|.*(Test|Tests|IT|Spec)\\.(java|kt|groovy|scala)$");

    /// A runner, as a word of the command line, and the files that steer it.
    private record Runner(Pattern word, Pattern files) {
        static Runner of(String word, String files) {
            return new Runner(
                    Pattern.compile("(^|.*/)(" + word + ")"),
                    Pattern.compile("(^|.*/)(" + files + ")"));
        }
    }

    private static final List<Runner> RUNNERS =
            List.of(
                    Runner.of(
                            "npm|npx|yarn|pnpm|node|jest|vitest|mocha",
                            "package(-lock)?\\.json|yarn\\.lock|pnpm-lock\\.yaml|tsconfig[^/]*\\.json"
                                    + "|(jest|vitest|vite|mocha|playwright)\\.config\\.[a-z]+"
                                    + "|\\.mocharc[^/]*"),
                    Runner.of(
                            "python[0-9.]*|pytest|tox|nox|uv|poetry",
                            "pyproject\\.toml|setup\\.(cfg|py)|tox\\.ini|pytest\\.ini|noxfile\\.py"
                                    + "|requirements[^/]*\\.txt"),
                    Runner.of("mvnw?|mvn", "pom\\.xml|\\.mvn/.*"),
                    Runner.of("gradlew?", "(build|settings)\\.gradle(\\.kts)?|gradle\\.properties"),
                    Runner.of("go", "go\\.(mod|sum)"),
                    Runner.of("cargo", "Cargo\\.(toml|lock)"),
                    Runner.of("make|gmake", "(GNU)?[Mm]akefile|[^/]*\\.mk"));

    private CheckInputs() {}

    /// @param command a line for `sh -c`
    /// @param changed paths that the judged commit changed
    /// @return those that the check reads by the rules above, in the order given
    static List<String> changedBy(String command, List<String> changed) {
        var words = words(command);
        var runners =
                RUNNERS.stream()
                        .filter(r -> words.stream().anyMatch(w -> r.word().matcher(w).matches()))
                        .toList();
        var found = new LinkedHashSet<String>();
        for (var path : changed) {
            var named = words.stream().anyMatch(word -> names(word, path));
            var steered =
                    runners.stream().anyMatch(runner -> runner.files().matcher(path).matches());
            var tests = !runners.isEmpty() && TEST_FILE.matcher(path).matches();
            if (named || steered || tests) {
                found.add(path);
            }
        }
        return List.copyOf(found);
    }

    /// @return those that the command line itself names, or whose name stands on the way to what it
    ///     names
    static List<String> namedBy(String command, List<String> changed) {
        var words = words(command);
        return changed.stream()
                .filter(path -> words.stream().anyMatch(word -> names(word, path)))
                .toList();
    }

    private static List<String> words(String command) {
        var words = new ArrayList<String>();
        for (var word : SEPARATORS.split(command, -1)) {
            var path = word.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
            if (!path.isEmpty()) {
                words.add(path);
            }
        }
        return words;
    }

    /// @return also where the path is a link, or something else than a folder, on the word's way
    private static boolean names(String word, String path) {
        return Paths.names(word, path) || word.startsWith(path + "/");
    }
}
