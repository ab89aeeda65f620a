package io.orchflow.orchestration.planner;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads fields that a request spells out: "with title, author and price".
final class FieldReader {

    private static final Pattern LIST =
            Pattern.compile(
                    "(?:\\bwith|\\bhaving|\\bhave|\\bhas|\\bcontaining|fields?:?|attributes?:?|columns?:?|properties:?|\\bmit|\\bcon)\\s+"
                            + "(?:the\\s+)?(?:fields?|attributes?|columns?|properties)?:?\\s*"
                            + "(?<list>[a-z][a-z ]*(?:,\\s*(?:(?:and|und)\\s+)?[a-z][a-z ]*)*\\s+(?:and|und|y|&)\\s+[a-z]+(?: [a-z]+)?"
                            + "|[a-z][a-z ]*(?:,\\s*[a-z][a-z ]*)+)");
    private static final Set<String> NOT_FIELDS =
            Set.copyOf(
                    Words.of(
                            "auth authentication authorization login logins logout registration signup "
                                    + "tests test testing unit docs documentation readme jwt token tokens users user "
                                    + "accounts account api rest crud endpoints routes validation pagination error "
                                    + "handling search filter filters css html javascript node python json storage "
                                    + "persistence roles security sessions password passwords help cli dark mode "
                                    + "list form forms add remove delete update edit show export import frontend "
                                    + "backend ui it them everything anmeldung registrierung pruebas autenticacion "
                                    + "coverage report"));
    private static final Set<String> RESERVED =
            Set.of(
                    "id",
                    "createdAt",
                    "updatedAt",
                    "createdBy",
                    "constructor",
                    "prototype",
                    "toString");

    private static final Pattern PARTS = Pattern.compile(",|\\b(?:and|und|y)\\b|&");

    private FieldReader() {}

    /// @return `name:type!,name:type…`; empty when the request spells out fewer than two fields
    static Optional<String> read(String request) {
        var matcher = LIST.matcher(Words.plain(request));
        while (matcher.find()) {
            var fields = fields(matcher.group("list"));
            if (fields.size() >= 2) {
                var first = fields.keySet().iterator().next();
                return Optional.of(
                        fields.entrySet().stream()
                                .limit(12)
                                .map(
                                        one ->
                                                one.getKey()
                                                        + ":"
                                                        + one.getValue()
                                                        + (one.getKey().equals(first) ? "!" : ""))
                                .collect(Collectors.joining(",")));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> fields(String list) {
        var fields = new LinkedHashMap<String, String>();
        for (var part : PARTS.splitAsStream(list).toList()) {
            var words =
                    part.strip()
                            .replaceFirst("^(?:a|an|the|its|their|ein|eine|un|una)\\s+", "")
                            .split("\\s+");
            var name = camel(words);
            boolean usable = words.length <= 2 && name.matches("[a-z][A-Za-z0-9]{1,30}");
            if (usable
                    && !RESERVED.contains(name)
                    && Arrays.stream(words).noneMatch(NOT_FIELDS::contains)) {
                fields.put(name, type(name));
            }
        }
        return fields;
    }

    private static String camel(String[] words) {
        var name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }

    static String type(String name) {
        var plain = name.toLowerCase(Locale.ROOT);
        if (plain.matches(".*(price|cost|amount|total|salary|fee|budget|preis|betrag|precio)")) {
            return "money";
        }
        if (plain.matches(
                ".*(quantity|count|stock|pages|age|year|seats|minutes|seconds|hours|days|points|servings|votes|priority|anzahl|jahr|seiten)")) {
            return "integer";
        }
        if (plain.matches(".*(date|due|birthday|deadline|published|born|day|datum|fecha)|.*on")
                && !plain.matches(
                        ".*(version|description|location|season|position|duration|region|person|question)")) {
            return "date";
        }
        if (plain.matches(".*e?mail")) {
            return "email";
        }
        if (plain.matches(
                "is.+|has.+|.*(done|completed|active|available|paid|finished|public|enabled|sold|open)")) {
            return "boolean";
        }
        return plain.matches(
                        ".*(weight|height|width|length|distance|score|rating|temperature|value|latitude|longitude)")
                ? "number"
                : "text";
    }
}
