package io.orchflow.orchestration.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A line of shell as far as it can be read without running it: its simple commands, in order,
/// those in substitutions too.
///
/// @param commands none is empty
record CheckLine(List<Simple> commands) {

    /// @param program as it was written
    record Simple(String program, List<String> arguments) {
        Simple {
            arguments = List.copyOf(arguments);
        }

        /// The program's name without its folder.
        String name() {
            return program.substring(program.lastIndexOf('/') + 1);
        }
    }

    private static final Set<String> BEFORE_A_COMMAND =
            Set.of(
                    "!", "env", "exec", "command", "time", "nice", "nohup", "sudo", "xargs", "if",
                    "then", "else", "elif", "while", "until", "do", "{", "eval");

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");
    private static final Pattern DESCRIPTOR = Pattern.compile("[0-9]+");
    private static final Pattern DURATION = Pattern.compile("[0-9.]+[smhd]?");

    CheckLine {
        commands = List.copyOf(commands);
    }

    static CheckLine read(String text) {
        var lexer = new Lexer(text);
        lexer.run();
        var commands = new ArrayList<Simple>();
        lexer.sentences.forEach(words -> add(words, commands));
        return new CheckLine(commands);
    }

    private static void add(List<String> words, List<Simple> commands) {
        int first = 0;
        while (first < words.size() && goesBefore(words, first)) {
            first++;
        }
        if (first < words.size()) {
            commands.add(new Simple(words.get(first), words.subList(first + 1, words.size())));
        }
        for (var word : words) {
            int inner = word.indexOf("$(");
            if (inner >= 0) {
                commands.addAll(read(word.substring(inner + 2)).commands());
            }
        }
    }

    private static boolean goesBefore(List<String> words, int at) {
        var word = words.get(at);
        if (BEFORE_A_COMMAND.contains(word) || ASSIGNMENT.matcher(word).matches()) {
            return true;
        }
        var before = at == 0 ? "" : words.get(at - 1);
        return word.equals("timeout")
                || (before.equals("timeout") && DURATION.matcher(word).matches())
                || (word.startsWith("-") && BEFORE_A_COMMAND.contains(before));
    }

    /// Words, and where one command ends.
    private static final class Lexer {
        private final List<List<String>> sentences = new ArrayList<>();
        private final String text;
        private List<String> words = new ArrayList<>();
        private StringBuilder word = new StringBuilder();
        private boolean begun;
        private boolean dropNext;
        private int at;

        Lexer(String text) {
            this.text = text;
        }

        void run() {
            while (at < text.length()) {
                char c = text.charAt(at++);
                switch (c) {
                    case '\'' -> quoted('\'');
                    case '"' -> quoted('"');
                    case '\\' -> {
                        if (at < text.length()) {
                            take(text.charAt(at++));
                        }
                    }
                    case ' ', '\t', '\r' -> endWord();
                    case '#' -> {
                        if (begun) {
                            take(c);
                        } else {
                            at = Math.max(at, text.indexOf('\n', at));
                        }
                    }
                    case '>' -> redirect();
                    case '<' -> endWord();
                    case '\n', ';', '&', '|', '(', ')', '`' -> endSentence();
                    case '$' -> {
                        if (at < text.length() && text.charAt(at) == '(') {
                            endSentence();
                        } else {
                            take(c);
                        }
                    }
                    default -> take(c);
                }
            }
            endSentence();
        }

        private void take(char c) {
            word.append(c);
            begun = true;
        }

        private void quoted(char quote) {
            begun = true;
            while (at < text.length() && text.charAt(at) != quote) {
                if (quote == '"' && text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                word.append(text.charAt(at++));
            }
            at++;
        }

        private void redirect() {
            if (DESCRIPTOR.matcher(word).matches()) {
                word = new StringBuilder();
                begun = false;
            }
            endWord();
            while (at < text.length() && ">&".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            dropNext = true;
        }

        private void endWord() {
            if (begun) {
                if (!dropNext) {
                    words.add(word.toString());
                }
                dropNext = false;
            }
            word = new StringBuilder();
            begun = false;
        }

        private void endSentence() {
            endWord();
            dropNext = false;
            if (!words.isEmpty()) {
                sentences.add(words);
                words = new ArrayList<>();
            }
        }
    }
}
