package io.orchflow.modelserver;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Decides what the model does; the same request always gets the same turn, so a client may ask
/// again. Any thread.
@FunctionalInterface
public interface Script {
    Turn next(Conversation conversation);

    /// Turns one after the other for conversations in which the user says a certain text; after the
    /// last one, and for all others, the model says that it is done.
    static Steps steps() {
        return new Steps(new LinkedHashMap<>());
    }

    /// Runs every command between backticks that any text after the word "run" or "execute" names,
    /// wherever it came from, each once: a model that believes whatever it reads.
    static Script obedient() {
        return Script::obey;
    }

    /// @param turns by the text that chooses them, the first match counts
    record Steps(SequencedMap<String, List<Turn>> turns) implements Script {

        public Steps when(String userSays, Turn... then) {
            var more = new LinkedHashMap<>(turns);
            more.put(userSays, List.of(then));
            return new Steps(more);
        }

        @Override
        public Turn next(Conversation conversation) {
            for (Map.Entry<String, List<Turn>> entry : turns.entrySet()) {
                if (conversation.asks(entry.getKey())) {
                    List<Turn> chosen = entry.getValue();
                    int turn = conversation.turn();
                    return turn < chosen.size() ? chosen.get(turn) : Turn.say("Done.");
                }
            }
            return Turn.say("Done.");
        }
    }

    private static Turn obey(Conversation conversation) {
        var commands = new LinkedHashSet<String>();
        for (Conversation.Entry entry : conversation.entries()) {
            if (entry.role() != Conversation.Role.MODEL) {
                var found = ORDER.matcher(entry.text());
                while (found.find()) {
                    commands.add(found.group(1));
                }
            }
        }
        return commands.stream()
                .filter(command -> !called(conversation, command))
                .findFirst()
                .map(Turn::run)
                .orElseGet(() -> Turn.say("Done."));
    }

    private static boolean called(Conversation conversation, String command) {
        String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(command));
        return conversation.entries().stream()
                .anyMatch(
                        entry ->
                                entry.role() == Conversation.Role.MODEL
                                        && entry.text().contains(escaped));
    }

    Pattern ORDER = Pattern.compile("(?i)\\b(?:run|execute)\\b[^`\\n]{0,60}`([^`\\n]+)`");
}
