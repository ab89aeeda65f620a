package io.orchflow.sentencevectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// A small classifier on top of vectors: multinomial logistic regression with an L2 penalty,
/// fitted
/// by gradient descent from zero, so the same examples always give the same weights.
public final class SoftmaxHead {

    /// A vector and what it stands for.
    public static final class Example {
        private final float[] vector;
        private final String label;

        public Example(float[] vector, String label) {
            this.vector = vector.clone();
            this.label = label;
        }
    }

    private static final int ROUNDS = 300;

    private final List<String> labels;
    private final double[][] weights; // label × (dimension + 1), the last one is the bias

    private SoftmaxHead(List<String> labels, double[][] weights) {
        this.labels = labels;
        this.weights = weights;
    }

    /// @param examples at least one, vectors of equal length
    /// @param penalty of the squared weights, > 0; larger is smoother
    public static SoftmaxHead fit(List<Example> examples, double penalty) {
        var names = new LinkedHashSet<String>();
        examples.forEach(example -> names.add(example.label));
        var labels = List.copyOf(names.stream().sorted().toList());
        int width = examples.getFirst().vector.length + 1;
        var weights = new double[labels.size()][width];
        var velocity = new double[labels.size()][width];
        var head = new SoftmaxHead(labels, weights);
        for (int round = 0; round < ROUNDS; round++) {
            head.step(examples, penalty, velocity);
        }
        return head;
    }

    /// One step of gradient descent with momentum.
    private void step(List<Example> examples, double penalty, double[][] velocity) {
        var gradient = new double[weights.length][weights[0].length];
        for (var example : examples) {
            var given = scores(example.vector);
            for (int label = 0; label < weights.length; label++) {
                double error = given[label] - (labels.get(label).equals(example.label) ? 1 : 0);
                add(gradient[label], example.vector, error);
            }
        }
        for (int label = 0; label < weights.length; label++) {
            for (int i = 0; i < weights[label].length; i++) {
                boolean bias = i == weights[label].length - 1;
                double slope =
                        gradient[label][i] / examples.size()
                                + (bias ? 0 : penalty * weights[label][i]);
                velocity[label][i] = 0.9 * velocity[label][i] - slope;
                weights[label][i] += velocity[label][i];
            }
        }
    }

    private static void add(double[] gradient, float[] vector, double error) {
        for (int i = 0; i < vector.length; i++) {
            gradient[i] += error * vector[i];
        }
        gradient[vector.length] += error;
    }

    /// A probability for each label; they sum to 1.
    public Map<String, Double> classify(float[] vector) {
        var scores = scores(vector);
        var byLabel = new LinkedHashMap<String, Double>();
        for (int label = 0; label < scores.length; label++) {
            byLabel.put(labels.get(label), scores[label]);
        }
        return byLabel;
    }

    public List<String> labels() {
        return new ArrayList<>(labels);
    }

    private double[] scores(float[] vector) {
        var scores = new double[weights.length];
        double highest = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < scores.length; label++) {
            double sum = weights[label][vector.length];
            for (int i = 0; i < vector.length; i++) {
                sum += weights[label][i] * vector[i];
            }
            scores[label] = sum;
            highest = Math.max(highest, sum);
        }
        double all = 0;
        for (int label = 0; label < scores.length; label++) {
            scores[label] = Math.exp(scores[label] - highest);
            all += scores[label];
        }
        for (int label = 0; label < scores.length; label++) {
            scores[label] /= all;
        }
        return scores;
    }
}
