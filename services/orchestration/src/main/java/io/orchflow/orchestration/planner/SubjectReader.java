package io.orchflow.orchestration.planner;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds out what a request is about: first by the domains it knows, then by the words themselves.
final class SubjectReader {

    private static final String CUE =
            "(?:for|of|about|manag(?:e|es|ing)|track(?:s|ing)?|stor(?:e|es|ing)|list(?:s|ing)?|handl(?:e|es|ing)"
                    + "|organi[sz](?:e|es|ing)|catalog(?:ue)?(?:s|ing)?|collect(?:s|ing)?|keep(?:s|ing)?|record(?:s|ing)?|sell(?:s|ing)?"
                    + "|fur|mit|von|zum|zur|verwalt(?:et|en|ung)?|para|de|gestionar)";
    private static final String FILLER =
            "(?:a|an|the|my|our|your|all|some|any|simple|small|tiny|little|new|local|different|managing|tracking|storing|handling"
                    + "|me|us|people'?s?|ein|eine|einen|einem|einer|der|die|das|den|dem|meine|meinen|un|una|el|la|los|las|mi|mis|gestionar|track of)";
    private static final Pattern CUED =
            Pattern.compile(
                    "(?<= )"
                            + CUE
                            + " (?:"
                            + FILLER
                            + " )*(?<noun>[a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*){0,2})(?= )");
    private static final Pattern KIND =
            Pattern.compile(
                    "(?<= )(?<noun>[a-z][a-z0-9-]*) (?:api|apis|app|apps|backend|tracker|manager|management|list|cli|service"
                            + "|website|site|database|directory|catalog|catalogue|tool|rest|crud|web)(?= )");
    private static final Set<String> PLACES =
            words(
                    "shop store shelter collection catalog catalogue manager tracker list "
                            + "inventory database directory club log management records entries data");
    private static final Set<String> STOP =
            words(
                    "with and or in using that which where called named to by on from as so via at "
                            + "into is are can should api apis app apps application rest restful web cli "
                            + "http server service services backend frontend auth authentication login token "
                            + "tokens jwt test tests testing node nodejs javascript python json crud tool "
                            + "program command line terminal website site page thing things stuff it this "
                            + "them me us you something anything everything one some user users account "
                            + "accounts team company own full simple small nice good basic new mit und oder "
                            + "auf con y o en sin code repo repository project report coverage suite build "
                            + "create make write files file protected secure working complete rest-api fast "
                            + "quick please bitte por favor my our here html css accessible responsive "
                            + "modern clean ui browser console shell script plain work use customers bash "
                            + "management manage managing tracking a an the for of entities records "
                            + "resources resource");
    /// Words that mean their domain only where the grammar says so: "store" is also a verb.
    private static final Set<String> WEAK =
            words(
                    "store user project order message note image task package word team job video "
                            + "picture room article post comment stock product record house laden termin "
                            + "cita nota delivery event bug issue catalog catalogue bild piso member vote "
                            + "quote property show flat device machine equipment game sport abo chat school "
                            + "training hr plan auto stelle page journal exercise measurement sensor");

    private static final Pattern ACCOUNTS =
            Pattern.compile(" users? (?:accounts?|login|log|auth|registration|sign|management) ");

    private static Set<String> words(String joined) {
        return Set.copyOf(Words.of(joined));
    }

    private final List<Domain> domains;
    private final String fallbackFields;

    SubjectReader(Catalogue catalogue) {
        this.domains = catalogue.domains();
        this.fallbackFields = catalogue.fallbackFields();
    }

    /// @return empty when the request names no thing that could be kept
    Optional<Subject> read(String request) {
        var line = Words.line(request);
        return byDomain(line).or(() -> byWords(line));
    }

    private record Match(Domain domain, String word, double weight) {}

    private Optional<Subject> byDomain(String line) {
        return domains.stream()
                .flatMap(
                        domain ->
                                domain.words().stream().flatMap(word -> match(domain, word, line)))
                .max(Comparator.comparingDouble(Match::weight))
                .map(match -> subject(match.domain(), match.word()));
    }

    private static Stream<Match> match(Domain domain, String word, String line) {
        var plain = Words.plain(word);
        return Stream.of(plain, Inflection.plural(plain))
                .distinct()
                .flatMap(form -> weigh(domain, plain, form, line));
    }

    private static Stream<Match> weigh(Domain domain, String word, String form, String line) {
        int at = line.indexOf(" " + form + " ");
        if (at < 0 || (word.equals("user") && ACCOUNTS.matcher(line.substring(at)).lookingAt())) {
            return Stream.empty();
        }
        boolean cued =
                line.substring(0, at + 1)
                        .matches(".* " + CUE + " (?:" + FILLER + " )*(?:[a-z0-9-]+ ){0,1}");
        boolean kind = KIND.matcher(line).results().anyMatch(found -> found.start() == at + 1);
        if (WEAK.contains(word) && !cued && !kind) {
            return Stream.empty();
        }
        double weight = form.length() + (cued ? 12 : 0) + (kind ? 8 : 0) - at / 100.0;
        return Stream.of(new Match(domain, form, weight));
    }

    private static Subject subject(Domain domain, String word) {
        boolean place = word.contains(" ") || word.matches("bookshop|library|.*shop|.*laden");
        var trade = place ? word.replace(' ', '-').replace("'", "") : domain.entities();
        return new Subject(domain.entity(), domain.entities(), domain.fields(), trade, true);
    }

    private Optional<Subject> byWords(String line) {
        return Stream.of(CUED, KIND)
                .flatMap(pattern -> pattern.matcher(line).results())
                .map(found -> found.group("noun"))
                .flatMap(phrase -> noun(phrase).stream())
                .findFirst();
    }

    private Optional<Subject> noun(String phrase) {
        var words = Stream.of(phrase.split(" ")).takeWhile(word -> !STOP.contains(word)).toList();
        if (words.isEmpty() || words.getFirst().matches(CUE + "|" + FILLER)) {
            return Optional.empty();
        }
        var kept =
                words.size() > 1 && PLACES.contains(Inflection.singular(words.getLast()))
                        ? words.subList(0, words.size() - 1)
                        : words;
        var last = Inflection.singular(kept.getLast());
        var head = kept.subList(0, kept.size() - 1);
        var entity =
                clean(String.join("-", Stream.concat(head.stream(), Stream.of(last)).toList()));
        var entities =
                clean(
                        String.join(
                                "-",
                                Stream.concat(head.stream(), Stream.of(Inflection.plural(last)))
                                        .toList()));
        if (entity.length() < 2 || entity.equals(entities)) {
            return Optional.empty();
        }
        var trade = kept.size() < words.size() ? clean(String.join("-", words)) : entities;
        return Optional.of(new Subject(entity, entities, fallbackFields, trade, true));
    }

    private static String clean(String name) {
        var hyphened = name.replaceAll("[^a-z0-9]+", "-").replaceAll("^[0-9-]+|-+$", "");
        return hyphened.length() > 40 ? hyphened.substring(0, 40).replaceAll("-+$", "") : hyphened;
    }
}
