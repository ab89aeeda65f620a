package io.orchflow.orchestration.worker;

import java.util.regex.Pattern;

/// Programs that find tests by themselves, and the files that steer them.
///
/// A file that names dependencies as well steers only where the lines that differ speak of tests
/// (`manifests`); any other one (`steering`) always does. Lists of exact versions never do.
enum Runner {
    NODE(
            "node|npm|npx|yarn|pnpm|bun|deno|jest|vitest|mocha|ava|tap|tape|uvu|c8|nyc|tsx|ts-node",
            "\\.npmrc|\\.yarnrc[^/]*|\\.mocharc[^/]*|\\.babelrc[^/]*|\\.nycrc[^/]*|tsconfig[^/]*\\.json"
                    + "|(jest|vitest|vite|mocha|playwright|ava|nyc|babel)\\.config\\.[a-z]+"
                    + "|node_modules/\\.bin/.*",
            "-"),
    PYTHON(
            "python[0-9.]*|pytest|py\\.test|tox|nox|uv|poetry|unittest",
            "pytest\\.ini|tox\\.ini|noxfile\\.py|(site|user)customize\\.py|(_?pytest|unittest)(\\.py|/.*)",
            "pyproject\\.toml|setup\\.(cfg|py)"),
    MAVEN("mvnw?", "\\.mvn/.*|mvnw", "pom\\.xml"),
    GRADLE("gradlew?", "gradlew|gradle\\.properties", "[^/]*\\.gradle(\\.kts)?"),
    GO("go", "-", "-"),
    CARGO("cargo", "\\.cargo/.*", "Cargo\\.toml"),
    MAKE("make|gmake|just", "(GNU)?[Mm]akefile|[^/]*\\.mk|justfile", "-");

    private static final Pattern OF_TESTS =
            Pattern.compile(
                    "test|spec|skip|ignore|exclude|only|surefire|failsafe|addopts|plugin|runner|harness|check|profile",
                    Pattern.CASE_INSENSITIVE);

    private final Pattern programs;
    private final Pattern steering;
    private final Pattern manifests;

    Runner(String programs, String steering, String manifests) {
        this.programs = Pattern.compile(programs);
        this.steering = Pattern.compile("(.*/)?(" + steering + ")");
        this.manifests = Pattern.compile("(.*/)?(" + manifests + ")");
    }

    /// @param program name without folder
    boolean runs(String program) {
        return programs.matcher(program).matches();
    }

    boolean steeredBy(String path) {
        return steering.matcher(path).matches();
    }

    boolean describedBy(String path) {
        return manifests.matcher(path).matches();
    }

    /// Whether two versions of a manifest differ in what steers tests.
    static boolean steers(String before, String after) {
        return Pattern.compile("\n")
                .splitAsStream(lost(before, after) + "\n" + lost(after, before))
                .anyMatch(line -> OF_TESTS.matcher(line).find());
    }

    private static String lost(String from, String to) {
        var kept = to.lines().map(String::strip).collect(java.util.stream.Collectors.toSet());
        return from.lines()
                .map(String::strip)
                .filter(line -> !kept.contains(line))
                .collect(java.util.stream.Collectors.joining("\n"));
    }
}
