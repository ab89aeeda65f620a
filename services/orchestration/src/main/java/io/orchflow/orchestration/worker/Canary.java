package io.orchflow.orchestration.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A test file with one test more that must fail: where the check stays green all the same,
/// something ends or silences the tests. The added test uses the file's own `test` and
/// assertions, so that those are tried which decide.
///
/// @param script there is no test in it: it is one, or only helps others
/// @param failing the file and the test; its failure says `token`
/// @param alone nothing but that test, with no code under test loaded
/// @param passing nothing but a test that passes
record Canary(
        String path, String token, boolean script, String failing, String alone, String passing) {

    private static final Pattern OWN_END =
            Pattern.compile(
                    "process\\.exit|process\\.kill|process\\.abort|Deno\\.exit|\\.only\\b|only:\\s*true|sys\\.exit|os\\._exit|\\bexit\\(|\\bquit\\(");
    private static final Pattern JS = Pattern.compile(".*\\.(c|m)?(j|t)sx?");
    private static final Pattern JS_IMPORT =
            Pattern.compile(
                    "(?m)^\\s*(import\\s[^;'\"]*?from\\s*['\"]([^'\"]+)['\"];?|import\\s*['\"]([^'\"]+)['\"];?"
                            + "|(?:const|let|var)\\s[^;=]*=\\s*require\\(\\s*['\"]([^'\"]+)['\"]\\s*\\)[.\\w]*;?)");
    private static final Pattern JS_TEST =
            Pattern.compile("(?m)(?:^|[;{}(\\s])(test|it|specify)\\s*\\(");
    private static final Pattern JS_ASSERT =
            Pattern.compile("(?<![.\\w])(assert(?:\\.strict)?)(?:\\.(\\w+))?\\s*\\(");
    private static final Pattern JS_EXPECT =
            Pattern.compile(
                    "(?<![.\\w])expect\\s*\\([^\\n]*?\\)((?:\\.(?:to|be|deep))*)\\.(\\w+)\\s*\\(");
    private static final Pattern PY_MAIN = Pattern.compile("(?m)^if __name__");
    private static final Pattern PY_TEST = Pattern.compile("(?m)^(async )?def test|^class Test");
    private static final Pattern SH_END =
            Pattern.compile("\\bexit\\b(?!\\s+[1-9])|\\bexec\\b|\\btrap\\b");

    /// @param token letters and digits that no file has
    /// @return empty where no such test can be added: an unknown language, a file that ends the
    ///     run by itself
    static Optional<Canary> of(String path, String content, String token) {
        if (JS.matcher(path).matches()) {
            return javaScript(path, content, token);
        }
        if (path.endsWith(".py")) {
            return python(path, content, token);
        }
        return path.endsWith(".sh") ? shell(path, content, token) : Optional.empty();
    }

    private static Optional<Canary> javaScript(String path, String content, String token) {
        if (OWN_END.matcher(content).find()) {
            return Optional.empty();
        }
        var imports = new StringBuilder();
        for (var found = JS_IMPORT.matcher(content); found.find(); ) {
            var from = first(found, 2, 3, 4);
            if (!from.startsWith(".") && !from.startsWith("/") && !from.startsWith("#")) {
                imports.append(found.group(1)).append('\n');
            }
        }
        var body =
                """
                  let blind = 0;
                %s  if (blind === 0) throw new Error('%s');
                """
                        .formatted(String.join("", tries(content)), token);
        var test = JS_TEST.matcher(content);
        var runner = test.find() ? test.group(1) : "";
        var failing =
                runner.isEmpty()
                        ? "\n;{\n" + body.replace("await ", "") + "}\n"
                        : "\n;"
                                + runner
                                + "('t"
                                + token.substring(0, 6)
                                + "', async () => {\n"
                                + body
                                + "});\n";
        var passing = runner.isEmpty() ? "" : runner + "('passes', () => {});\n";
        return Optional.of(
                new Canary(
                        path,
                        token,
                        runner.isEmpty(),
                        content + failing,
                        imports + failing,
                        imports + passing));
    }

    /// What must throw, for each kind of assertion that the file uses.
    private static List<String> tries(String content) {
        var tries = new ArrayList<String>();
        for (var found = JS_ASSERT.matcher(content); found.find(); ) {
            var call =
                    found.group(2) == null ? found.group(1) : found.group(1) + "." + found.group(2);
            arguments(found.group(2) == null ? "ok" : found.group(2))
                    .ifPresent(
                            arguments ->
                                    tries.add(attempt("await " + call + "(" + arguments + ")")));
        }
        for (var found = JS_EXPECT.matcher(content); found.find(); ) {
            var call = found.group(1) + "." + found.group(2);
            switch (found.group(2)) {
                case "toBe", "toEqual", "toStrictEqual", "equal", "equals", "eql", "eq" ->
                        tries.add(attempt("expect(1)" + call + "(2)"));
                case "toBeTruthy", "toBeDefined" ->
                        tries.add(attempt("expect(undefined)" + call + "()"));
                case "toBeFalsy", "toBeNull", "toBeUndefined" ->
                        tries.add(attempt("expect(1)" + call + "()"));
                case "toContain", "toHaveLength" -> tries.add(attempt("expect([])" + call + "(1)"));
                default -> {}
            }
        }
        return tries.stream().distinct().toList();
    }

    private static String attempt(String call) {
        return "  try { " + call + "; blind += 1; } catch { /* as it should */ }\n";
    }

    private static Optional<String> arguments(String assertion) {
        return switch (assertion) {
            case "ok" -> Optional.of("false");
            case "equal", "strictEqual", "deepEqual", "deepStrictEqual" -> Optional.of("1, 2");
            case "notEqual", "notStrictEqual", "notDeepEqual", "notDeepStrictEqual" ->
                    Optional.of("1, 1");
            case "match" -> Optional.of("'a', /b/");
            case "doesNotMatch" -> Optional.of("'a', /a/");
            case "throws" -> Optional.of("() => {}");
            case "rejects" -> Optional.of("async () => {}");
            case "doesNotThrow" -> Optional.of("() => { throw new Error(); }");
            case "fail" -> Optional.of("");
            default -> Optional.empty();
        };
    }

    private static String first(Matcher found, int... groups) {
        for (int group : groups) {
            var text = found.group(group);
            if (text != null) {
                return text;
            }
        }
        return "";
    }

    private static Optional<Canary> python(String path, String content, String token) {
        var main = PY_MAIN.matcher(content);
        var head = main.find() ? content.substring(0, main.start()) : content;
        var tail = content.substring(head.length());
        if (OWN_END.matcher(head).find()) {
            return Optional.empty();
        }
        var name = "test_t" + token.substring(0, 6);
        var unit = content.contains("TestCase");
        var alone =
                unit
                        ? "import unittest as _u%2$s\n\n\nclass T%2$s(_u%2$s.TestCase):\n    def %1$s(self):\n        raise AssertionError('%2$s')\n\n\n"
                                .formatted(name, token)
                        : "def %s():\n    raise AssertionError('%s')\n\n\n".formatted(name, token);
        var passing = alone.replaceFirst("raise AssertionError\\(.*\\)", "pass");
        var failing = head + "\n\n" + alone + tail;
        var script = !unit && !PY_TEST.matcher(content).find();
        if (script) {
            alone = "raise AssertionError('" + token + "')\n";
            passing = "pass\n";
            failing = head + "\n\n" + alone + tail;
        }
        return Optional.of(new Canary(path, token, script, failing, alone, passing));
    }

    private static Optional<Canary> shell(String path, String content, String token) {
        var lines = new ArrayList<>(content.lines().toList());
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        var end = "";
        if (!lines.isEmpty() && lines.getLast().matches("(exit|exec)\\b.*")) {
            end = lines.removeLast() + "\n";
        }
        var body = String.join("\n", lines) + "\n";
        if (SH_END.matcher(body).find()) {
            return Optional.empty();
        }
        var fail = "echo " + token + "; exit 97\n";
        return Optional.of(new Canary(path, token, true, body + fail + end, fail, ":\n"));
    }
}
