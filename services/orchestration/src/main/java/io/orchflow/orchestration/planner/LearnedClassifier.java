package io.orchflow.orchestration.planner;

import io.orchflow.sentencevectors.Encoder;
import io.orchflow.sentencevectors.SoftmaxHead;
import io.orchflow.sentencevectors.SoftmaxHead.Example;
import io.orchflow.sentencevectors.StaticEncoder;
import java.util.List;

/// A small head on vectors, fitted to the catalogue's labelled requests.
record LearnedClassifier(Encoder encoder, SoftmaxHead head) implements Classifier {

    /// Chosen by five-fold cross-validation on the catalogue's requests.
    private static final double PENALTY = 3e-4;

    /// What the service uses: meaning and rules together. Takes some tenths of a second.
    static LearnedClassifier learn(List<Request> requests) {
        return learn(new RequestEncoder(StaticEncoder.load(), new KeywordClassifier()), requests);
    }

    static LearnedClassifier learn(Encoder encoder, List<Request> requests) {
        var examples =
                requests.stream()
                        .map(one -> new Example(encoder.encode(one.text()), one.label()))
                        .toList();
        return new LearnedClassifier(encoder, SoftmaxHead.fit(examples, PENALTY));
    }

    @Override
    public Verdict classify(String text) {
        return new Verdict(head.classify(encoder.encode(text)));
    }
}
