package io.orchflow.orchestration.loop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/// A runner that writes down what it is told, and answers as it was told to.
final class FakeHands implements Hands {
    final List<String> acted = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<End> ends = new ArrayList<>();
    final StringBuilder words = new StringBuilder();
    long tokens;

    /// What people say after each end.
    final Queue<List<Said>> afterEnds = new ArrayDeque<>();
    Function<Call, Outcome> acting = call -> outcome("did " + call.arguments());
    boolean open = true;

    static Outcome outcome(String text, Said... said) {
        return new Outcome(true, null, text, List.of(said));
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public Outcome act(Call call) {
        acted.add(call.tool() + " " + call.arguments());
        return acting.apply(call);
    }

    @Override
    public void say(String text) {
        words.append(text);
    }

    @Override
    public void used(long input, long output) {
        tokens += input + output;
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

    @Override
    public List<Said> end(End end) {
        ends.add(end);
        var said = afterEnds.poll();
        return said == null ? List.of() : said;
    }
}
