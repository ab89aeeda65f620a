package io.orchflow.orchestration.planner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Rules over words: each word or phrase speaks for a label with a weight, slips of one letter
/// forgiven in long words. The softmax of the sums is the probability.
final class KeywordClassifier implements Classifier {

    private static final String REST = "rest-api-auth";
    private static final String WEB = "web-app";
    private static final String CLI = "cli-tool";
    private static final String REPORT = "test-and-report";

    private static final Pattern ASKS =
            Pattern.compile(
                    " (what|whats|what's|how|why|who|when|where|which|is|are|does|do|did|should|was"
                            + "|wie|warum|wer|wann|welche|que|como|por que|quien|cuando|explain|tell"
                            + " me|describe|difference|erklare|explica) .*");
    private static final Pattern ORDERS =
            Pattern.compile(
                    ".* (build|create|make|write|implement|generate|develop|code|program|need|want"
                            + "|give me|set up|scaffold|add|baue|bau|erstelle|erstell|schreibe|schreib"
                            + "|programmiere|brauche|mochte|crea|construye|haz|hazme|escribe|quiero"
                            + "|necesito|desarrolla) .*");

    private static final Map<String, Map<String, Double>> WEIGHTS =
            Map.of(
                    REST,
                    weights(
                            "3 api apis rest restful endpoint endpoints backend webservice microservice"
                                    + " schnittstelle",
                            "3 web service|http server|back end|servicio web",
                            "2 crud jwt oauth auth authentication",
                            "1 http json server login token tokens service registration swagger openapi"
                                    + " anmeldung servidor"),
                    WEB,
                    weights(
                            "3 webapp website webpage frontend homepage webseite webanwendung",
                            "3 web app|web page|web site|front end|web application|single page|web"
                                    + " interface|aplicacion web|sitio web|pagina web|web frontend",
                            "2 html css browser site ui page gui dashboard web",
                            "1 form app forms accessible responsive"),
                    CLI,
                    weights(
                            "3 cli kommandozeile kommandozeilenprogramm kommandozeilentool"
                                    + " subcommand subcommands",
                            "3 command line|command-line|linea de comandos",
                            "2 terminal console script shell utility bash konsole",
                            "1 tool program flags arguments argv python herramienta"),
                    REPORT,
                    weights(
                            "3 coverage testsuite testabdeckung",
                            "3 run the tests|run all tests|test suite|run tests|existing repository"
                                    + "|existing tests|fuhre die tests|ejecuta las pruebas|tests pass"
                                    + "|test report|run my tests|code base|run the test",
                            "2 report codebase repo repository audit existing failing analyse analyze"
                                    + " inspect bericht informe quality lint",
                            "1 tests test check project code pruebas prufe status"),
                    Label.QUESTION,
                    weights("2 explain meaning difference erklare explica", "1 why how what"),
                    Label.SMALL_TALK,
                    weights(
                            "4 hi hello hey thanks thank bye goodbye cheers danke hallo hola gracias"
                                    + " tschuss servus moin adios lol haha",
                            "4 good morning|good evening|guten morgen|guten tag|how are you|wie"
                                    + " geht's|buenos dias|que tal|nice work|well done|see you"),
                    Label.CONTROL,
                    weights(
                            "3 stop pause resume cancel abort halt unpause stopp abbrechen detener"
                                    + " cancelar anhalten",
                            "3 go on|carry on|kill it|start over|keep going|try again|mach weiter",
                            "1 continue retry swarm agents agent"),
                    Label.OTHER,
                    weights(
                            "4 android ios iphone unity kubernetes terraform blockchain translate"
                                    + " poem essay slides presentation refactor migrate deploy"
                                    + " deployment firmware driver kernel compiler spreadsheet excel"
                                    + " logo video novel chatbot",
                            "4 machine learning|neural network|mobile app|deep learning|pull request"
                                    + "|fix the bug|browser extension|language model|operating system",
                            "2 train desktop game fix database"));

    private static Map<String, Double> weights(String... groups) {
        var weights = new HashMap<String, Double>();
        for (var group : groups) {
            int blank = group.indexOf(' ');
            var terms = group.substring(blank + 1);
            for (var term : terms.contains("|") ? terms.split("\\|") : terms.split(" ")) {
                weights.put(term, Double.parseDouble(group.substring(0, blank)));
            }
        }
        return Map.copyOf(weights);
    }

    @Override
    public Verdict classify(String text) {
        var words = Words.of(text);
        var line = Words.line(text);
        var scores = new HashMap<String, Double>();
        WEIGHTS.forEach((label, weights) -> scores.put(label, sum(weights, words, line)));
        boolean orders = ORDERS.matcher(line).matches();
        if (orders) {
            scores.merge(REPORT, -2.0, Double::sum);
            scores.merge(Label.QUESTION, -2.0, Double::sum);
        } else if (ASKS.matcher(line).matches()) {
            scores.merge(Label.QUESTION, text.strip().endsWith("?") ? 5.0 : 3.5, Double::sum);
            List.of(REST, WEB, CLI).forEach(label -> scores.merge(label, -4.0, Double::sum));
        } else if (text.strip().endsWith("?")) {
            scores.merge(Label.QUESTION, 2.0, Double::sum);
        }
        if (words.size() > 6) {
            scores.merge(Label.SMALL_TALK, -2.0, Double::sum);
            scores.merge(Label.CONTROL, -2.0, Double::sum);
        }
        scores.merge(Label.OTHER, 1.0, Double::sum);
        return softmax(scores);
    }

    private static double sum(Map<String, Double> weights, List<String> words, String line) {
        double sum = 0;
        for (var entry : weights.entrySet()) {
            var term = entry.getKey();
            boolean present =
                    term.contains(" ")
                            ? line.contains(" " + term + " ")
                            : words.stream().anyMatch(word -> Words.alike(word, term));
            sum += present ? entry.getValue() : 0;
        }
        return sum;
    }

    private static Verdict softmax(Map<String, Double> scores) {
        double all = scores.values().stream().mapToDouble(Math::exp).sum();
        var probabilities = new HashMap<String, Double>();
        scores.forEach((label, score) -> probabilities.put(label, Math.exp(score) / all));
        return new Verdict(probabilities);
    }
}
