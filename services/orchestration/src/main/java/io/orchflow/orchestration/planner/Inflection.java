package io.orchflow.orchestration.planner;

import java.util.Map;
import java.util.Set;

/// English singular and plural, as far as names of records need them.
final class Inflection {

    private static final Map<String, String> PLURALS =
            Map.ofEntries(
                    Map.entry("person", "people"),
                    Map.entry("child", "children"),
                    Map.entry("man", "men"),
                    Map.entry("woman", "women"),
                    Map.entry("mouse", "mice"),
                    Map.entry("goose", "geese"),
                    Map.entry("leaf", "leaves"),
                    Map.entry("shelf", "shelves"),
                    Map.entry("knife", "knives"),
                    Map.entry("analysis", "analyses"),
                    Map.entry("movie", "movies"),
                    Map.entry("cookie", "cookies"),
                    Map.entry("shoe", "shoes"),
                    Map.entry("axis", "axes"),
                    Map.entry("bus", "buses"),
                    Map.entry("status", "statuses"));
    private static final Set<String> ENDING_IN_S =
            Set.of("bus", "gas", "lens", "news", "status", "axis");

    private Inflection() {}

    static String plural(String singular) {
        var known = PLURALS.get(singular);
        if (known != null) {
            return known;
        }
        if (singular.matches(".*(s|x|z|ch|sh)")) {
            return singular + "es";
        }
        if (singular.matches(".*[^aeiou]y")) {
            return singular.substring(0, singular.length() - 1) + "ies";
        }
        return singular + "s";
    }

    static String singular(String word) {
        for (var entry : PLURALS.entrySet()) {
            if (entry.getValue().equals(word)) {
                return entry.getKey();
            }
        }
        if (ENDING_IN_S.contains(word) || word.endsWith("ss") || !word.endsWith("s")) {
            return word;
        }
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.matches(".*(ss|x|z|ch|sh)es")) {
            return word.substring(0, word.length() - 2);
        }
        return word.substring(0, word.length() - 1);
    }

    static boolean plain(String word) {
        return word.equals(singular(word));
    }
}
