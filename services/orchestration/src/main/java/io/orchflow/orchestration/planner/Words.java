package io.orchflow.orchestration.planner;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A text as the planner reads it: lower case, without accents, in words.
final class Words {

    private static final Pattern WORD = Pattern.compile("[a-z0-9]+(?:[-'.+#][a-z0-9+#]+)*[+#]*");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private Words() {}

    static String plain(String text) {
        var decomposed = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        return MARKS.matcher(decomposed).replaceAll("").replace("ß", "ss").replace('’', '\'');
    }

    static List<String> of(String text) {
        var words = new ArrayList<String>();
        var matcher = WORD.matcher(plain(text));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /// The words, parted and framed by single blanks: phrases can be looked for as ` phrase `.
    static String line(String text) {
        return " " + String.join(" ", of(text)) + " ";
    }

    /// Whether two words differ by at most one insertion, deletion, substitution or swap of
    /// neighbours. Short words (fewer than five letters) have to be the same.
    static boolean alike(String a, String b) {
        if (a.equals(b)) {
            return true;
        }
        if (Math.min(a.length(), b.length()) < 5 || Math.abs(a.length() - b.length()) > 1) {
            return false;
        }
        int start = 0;
        while (start < Math.min(a.length(), b.length()) && a.charAt(start) == b.charAt(start)) {
            start++;
        }
        var restA = a.substring(start);
        var restB = b.substring(start);
        return tail(restA, 1).equals(restB)
                || tail(restB, 1).equals(restA)
                || tail(restA, 1).equals(tail(restB, 1))
                || swapped(restA, restB);
    }

    private static boolean swapped(String a, String b) {
        return a.length() >= 2
                && b.length() >= 2
                && a.charAt(0) == b.charAt(1)
                && a.charAt(1) == b.charAt(0)
                && tail(a, 2).equals(tail(b, 2));
    }

    private static String tail(String text, int from) {
        return text.length() < from ? text : text.substring(from);
    }
}
