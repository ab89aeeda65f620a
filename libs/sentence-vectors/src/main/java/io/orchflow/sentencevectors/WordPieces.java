package io.orchflow.sentencevectors;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The tokenizer of uncased BERT models: lower case, accents off, punctuation apart, then the
/// longest piece of the vocabulary first (WordPiece; Wu et al. 2016, arXiv:1609.08144). A word
/// that cannot
/// be put together from pieces is left out.
final class WordPieces {

    private static final int LONGEST_WORD = 100; // characters, as in BERT

    private final Set<String> vocabulary;

    WordPieces(Set<String> vocabulary) {
        this.vocabulary = vocabulary;
    }

    /// Pieces in order; those inside a word begin with `##`.
    List<String> of(String text) {
        var pieces = new ArrayList<String>();
        for (var word : words(text)) {
            if (word.length() <= LONGEST_WORD) {
                pieces.addAll(split(word));
            }
        }
        return pieces;
    }

    private List<String> split(String word) {
        var pieces = new ArrayList<String>();
        int start = 0;
        while (start < word.length()) {
            int end = word.length();
            var prefix = start == 0 ? "" : "##";
            while (end > start && !vocabulary.contains(prefix + word.substring(start, end))) {
                end--;
            }
            if (end == start) {
                return List.of();
            }
            pieces.add(prefix + word.substring(start, end));
            start = end;
        }
        return pieces;
    }

    private static List<String> words(String text) {
        var plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        plain.codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .forEach(point -> place(point, word, words));
        flush(word, words);
        return words;
    }

    private static void place(int point, StringBuilder word, List<String> words) {
        if (Character.isWhitespace(point) || Character.isISOControl(point)) {
            flush(word, words);
        } else if (isPunctuation(point)) {
            flush(word, words);
            words.add(Character.toString(point));
        } else {
            word.appendCodePoint(point);
        }
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /// BERT counts all ASCII that is neither letter nor digit as punctuation.
    private static boolean isPunctuation(int point) {
        if (point < 128) {
            return !Character.isLetterOrDigit(point);
        }
        return switch (Character.getType(point)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }
}
