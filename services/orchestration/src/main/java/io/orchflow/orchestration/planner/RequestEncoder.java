package io.orchflow.orchestration.planner;

import io.orchflow.sentencevectors.Encoder;
import java.util.Arrays;
import java.util.List;

/// A request as a vector: its meaning, followed by what the keyword rules think of it. The rules
/// know the few words that decide; the meaning helps where none of them is there.
record RequestEncoder(Encoder meaning, Classifier rules) implements Encoder {

    private static final List<String> LABELS =
            List.of(
                    "rest-api-auth",
                    "web-app",
                    "cli-tool",
                    "test-and-report",
                    Label.QUESTION,
                    Label.SMALL_TALK,
                    Label.CONTROL,
                    Label.OTHER);

    @Override
    public int dimensions() {
        return meaning.dimensions() + LABELS.size();
    }

    @Override
    public float[] encode(String text) {
        var vector = Arrays.copyOf(meaning.encode(text), dimensions());
        var verdict = rules.classify(text);
        for (int i = 0; i < LABELS.size(); i++) {
            vector[meaning.dimensions() + i] = (float) verdict.confidence(LABELS.get(i));
        }
        return vector;
    }
}
