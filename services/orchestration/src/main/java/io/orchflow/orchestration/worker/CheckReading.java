package io.orchflow.orchestration.worker;

import io.orchflow.orchestration.worker.CheckLine.Simple;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a check runs and reads, found out from its command line and, where that names an npm
/// script, a target of make or a script of shell, from what these are on the base. It tells
/// files that judge from files that are judged:
///
/// - what a test runner is given or finds by itself, and what is named like a test, judges;
/// - a script that is run judges if its name says so (`check`, `verify`, `expected` …) and it
///   is not in a folder of sources;
/// - what is only read (`grep`, `test -s`, `cat` …) is judged, and so is everything else.
final class CheckReading {
    private static final int DEEPEST = 4;
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "ash", "zsh", "ksh", ".", "source");
    private static final Set<String> READERS =
            Set.of(
                    "test",
                    "[",
                    "[[",
                    "grep",
                    "egrep",
                    "fgrep",
                    "rg",
                    "cat",
                    "head",
                    "tail",
                    "wc",
                    "ls",
                    "stat",
                    "file",
                    "jq",
                    "awk",
                    "sed",
                    "cut",
                    "sort",
                    "find",
                    "sha256sum",
                    "md5sum",
                    "tr",
                    "uniq");
    private static final Set<String> COMPARERS = Set.of("diff", "cmp", "comm");
    private static final Set<String> INTERPRETERS =
            Set.of("node", "deno", "bun", "tsx", "ts-node", "ruby", "perl", "php");
    private static final Set<String> TEST_PROGRAMS =
            Set.of("jest", "vitest", "mocha", "ava", "tap", "tape", "uvu", "pytest", "py.test");
    private static final Set<String> WITH_VALUE =
            Set.of(
                    "--import",
                    "--require",
                    "-r",
                    "--loader",
                    "--experimental-loader",
                    "--config",
                    "-c",
                    "-C",
                    "--prefix",
                    "--cwd",
                    "--dir",
                    "-f",
                    "--file",
                    "-k",
                    "-m",
                    "-t",
                    "-g");

    private static final Pattern CODE =
            Pattern.compile(
                    ".*\\.(c|m)?(j|t)sx?|.*\\.(py|sh|java|kt|groovy|scala|go|rs|rb|php|pl)");
    private static final Pattern JAVASCRIPT = Pattern.compile(".*\\.(c|m)?(j|t)sx?");
    private static final Pattern JUDGE_NAME =
            Pattern.compile(
                    "(.*[/._-])?(check|checks|verify|verification|validate|validation|accept|acceptance|smoke|lint"
                            + "|ci|probe|probes|qa|e2e|tests?|specs?|expected|golden|snapshots?|fixtures?|assert|judge)"
                            + "([/._-].*)?");
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*");
    private static final Pattern SOURCES = Pattern.compile("(src|lib|app|cmd|bin)/.*");

    private final Tree base;
    private final Set<String> tests = new LinkedHashSet<>();
    private final Set<String> executed = new LinkedHashSet<>();
    private final Set<String> compared = new LinkedHashSet<>();
    private final Set<String> read = new HashSet<>();
    private final Set<Runner> runners = EnumSet.noneOf(Runner.class);
    private final Set<String> scripts = new LinkedHashSet<>();
    private boolean discovers;
    private boolean scripted;

    CheckReading(String command, Tree base) {
        this.base = base;
        expand(command, "", 0);
    }

    Set<Runner> runners() {
        return runners;
    }

    /// Names of npm scripts that are run.
    Set<String> scripts() {
        return scripts;
    }

    /// Whether the base had something of what judges: only that can have been tampered with.
    boolean established() {
        return scripted || base.paths().stream().anyMatch(path -> judges(path) && code(path));
    }

    /// Whether the file judges, by where it is and what it is called.
    boolean judges(String path) {
        if (tests.contains(path)) {
            return true;
        }
        if (exactly(executed, path) || exactly(compared, path)) {
            return named(path);
        }
        var test = CheckInputs.TEST_FILE.matcher(path).matches();
        if (read.contains(path) && !code(path)) {
            return false;
        }
        return test && (!runners.isEmpty() || within(tests, path) || within(executed, path));
    }

    /// Whether the check runs just this file.
    boolean runs(String path) {
        return tests.contains(path) || (exactly(executed, path) && named(path));
    }

    /// Whether a test runner of its language would find the file.
    boolean finds(String path) {
        return CheckInputs.TEST_FILE.matcher(path).matches()
                && (within(tests, path) || discovers)
                && !path.contains("node_modules/")
                && (path.endsWith(".py")
                        ? runners.contains(Runner.PYTHON)
                        : JAVASCRIPT.matcher(path).matches() && runners.contains(Runner.NODE));
    }

    private static boolean named(String path) {
        return CheckInputs.TEST_FILE.matcher(path).matches()
                || (JUDGE_NAME.matcher(path).matches() && !SOURCES.matcher(path).matches());
    }

    private static boolean code(String path) {
        return CODE.matcher(path).matches();
    }

    private static boolean exactly(Set<String> words, String path) {
        return words.contains(path);
    }

    private static boolean within(Set<String> words, String path) {
        return words.stream().anyMatch(word -> Paths.names(word, path));
    }

    private void expand(String text, String folder, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        var at = folder;
        for (var simple : CheckLine.read(text).commands()) {
            if (simple.name().equals("cd") && !simple.arguments().isEmpty()) {
                var next = Paths.join(at, simple.arguments().getFirst());
                at = next == null ? at : next;
            } else {
                expand(simple, at, depth);
            }
        }
    }

    private void expand(Simple simple, String at, int depth) {
        var name = simple.name();
        var arguments = simple.arguments();
        for (var runner : Runner.values()) {
            if (runner.runs(name)) {
                runners.add(runner);
            }
        }
        if (SHELLS.contains(name)) {
            shell(arguments, at, depth);
        } else if (name.equals("npm") || name.equals("yarn") || name.equals("pnpm")) {
            npm(arguments, at, depth);
        } else if (name.equals("npx") || name.equals("uv") || name.equals("poetry")) {
            var inner =
                    arguments.stream().filter(a -> !a.startsWith("-") && !a.equals("run")).toList();
            if (!inner.isEmpty()) {
                expand(new Simple(inner.getFirst(), inner.subList(1, inner.size())), at, depth + 1);
            }
        } else if (READERS.contains(name)) {
            files(arguments, at, read);
        } else if (COMPARERS.contains(name)) {
            files(arguments, at, compared);
        } else if (name.matches("python[0-9.]*")) {
            python(arguments, at);
        } else if (INTERPRETERS.contains(name)) {
            interpreter(arguments, at);
        } else if (TEST_PROGRAMS.contains(name)) {
            runner(arguments, at);
        } else if (Runner.MAKE.runs(name)) {
            make(arguments, at, depth);
        } else if (Runner.MAVEN.runs(name) || Runner.GRADLE.runs(name) || name.equals("tox")) {
            discovers = true;
        } else if (simple.program().contains("/")) {
            script(simple.program(), at, depth);
        }
    }

    private void files(List<String> arguments, String at, Set<String> to) {
        for (var argument : arguments) {
            add(argument, at, to);
        }
    }

    private static @Nullable String add(String word, String at, Set<String> to) {
        if (word.startsWith("-") || word.startsWith("/") || word.isEmpty()) {
            return null;
        }
        var path = Paths.join(at, word);
        if (path != null) {
            to.add(path);
        }
        return path;
    }

    private void shell(List<String> arguments, String at, int depth) {
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.startsWith("-")) {
                if (argument.matches("-[a-z]*c[a-z]*") && i + 1 < arguments.size()) {
                    expand(arguments.get(i + 1), at, depth + 1);
                    return;
                }
            } else {
                script(argument, at, depth);
                return;
            }
        }
    }

    /// A script of shell that judges is read on.
    private void script(String word, String at, int depth) {
        var path = add(word, at, executed);
        if (path != null && named(path)) {
            base.text(path)
                    .filter(
                            text ->
                                    path.endsWith(".sh")
                                            || text.matches("(?s)#!\\S*(/env )?\\S*sh\\b.*"))
                    .ifPresent(text -> expand(text, at, depth + 1));
        }
    }

    private void npm(List<String> arguments, String at, int depth) {
        var folder = at;
        String script = null;
        for (int i = 0; i < arguments.size() && script == null; i++) {
            var argument = arguments.get(i);
            if (Set.of("--prefix", "-C", "--cwd", "--dir").contains(argument)
                    && i + 1 < arguments.size()) {
                var next = Paths.join(at, arguments.get(++i));
                folder = next == null ? at : next;
            } else if (!argument.startsWith("-") && !argument.matches("run|run-script")) {
                script = argument.matches("t|tst") ? "test" : argument;
            }
        }
        if (script == null) {
            return;
        }
        if (script.matches("exec|x|dlx")) {
            var inner = arguments.subList(arguments.indexOf(script) + 1, arguments.size());
            var words = inner.stream().filter(a -> !a.equals("--")).toList();
            if (!words.isEmpty()) {
                var rest = words.subList(1, words.size());
                expand(new Simple(words.getFirst(), rest), folder, depth + 1);
            }
            return;
        }
        scripts.add(script);
        var manifest = folder.isEmpty() ? "package.json" : folder + "/package.json";
        var known = PackageJsonMapper.scripts(base.text(manifest).orElse(""));
        for (var name : List.of("pre" + script, script, "post" + script)) {
            var text = known.get(name);
            if (text != null) {
                scripted |= name.equals(script);
                expand(text, folder, depth + 1);
            }
        }
        discovers |= script.startsWith("test");
    }

    private void python(List<String> arguments, String at) {
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.equals("-c")) {
                return;
            }
            if (argument.equals("-m") && i + 1 < arguments.size()) {
                if (arguments.get(i + 1).matches("pytest|unittest|nose2?")) {
                    runner(arguments.subList(i + 2, arguments.size()), at);
                }
                return;
            }
            if (add(argument, at, executed) != null) {
                return;
            }
        }
    }

    private void interpreter(List<String> arguments, String at) {
        var testing =
                arguments.contains("--test")
                        || arguments.stream().findFirst().equals(java.util.Optional.of("test"));
        if (testing) {
            runner(arguments, at);
            return;
        }
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.matches("-e|-p|--eval|--print|-pe")) {
                return;
            }
            if (argument.matches("-c|--check")) {
                files(arguments, at, read);
                return;
            }
            if (WITH_VALUE.contains(argument)) {
                i++;
            } else if (add(argument, at, executed) != null) {
                return;
            }
        }
    }

    /// A program that is given tests, or finds them.
    private void runner(List<String> arguments, String at) {
        var given = false;
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (WITH_VALUE.contains(argument)) {
                i++;
            } else if (!argument.matches("run|test|discover")) {
                given |= add(argument.replaceFirst("::.*", ""), at, tests) != null;
            }
        }
        discovers |= !given;
    }

    private void make(List<String> arguments, String at, int depth) {
        var targets = arguments.stream().filter(TARGET.asMatchPredicate()).toList();
        for (var name : List.of("GNUmakefile", "makefile", "Makefile", "justfile")) {
            var rules = base.text(at.isEmpty() ? name : at + "/" + name).orElse("");
            if (!rules.isEmpty() && targets.stream().allMatch(target -> makes(rules, target))) {
                scripted = true;
                rules.lines()
                        .filter(line -> line.startsWith("\t"))
                        .forEach(line -> expand(line.replaceFirst("^\t[@-]*", ""), at, depth + 1));
            }
        }
        discovers = true;
    }

    private static boolean makes(String rules, String target) {
        return Pattern.compile("(?m)^" + Pattern.quote(target) + "\\b[^=\n]*:")
                .matcher(rules)
                .find();
    }
}
