package io.orchflow.orchestration.planner;

import io.orchflow.sentencevectors.Encoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The label whose examples lie closest on the mean: the simplest that can be learned from
/// vectors. The service does not use it; it is what the head is held against.
record CentroidClassifier(Encoder encoder, Map<String, double[]> centroids) implements Classifier {

    /// Of the cosine in the softmax; says how sure it is, not what it chooses.
    private static final double SHARPNESS = 12;

    static CentroidClassifier learn(Encoder encoder, List<Request> requests) {
        var sums = new HashMap<String, double[]>();
        for (var request : requests) {
            var sum = sums.computeIfAbsent(request.label(), _ -> new double[encoder.dimensions()]);
            var vector = encoder.encode(request.text());
            for (int i = 0; i < vector.length; i++) {
                sum[i] += vector[i];
            }
        }
        return new CentroidClassifier(encoder, Map.copyOf(sums));
    }

    @Override
    public Verdict classify(String text) {
        var vector = encoder.encode(text);
        var shares = new HashMap<String, Double>();
        centroids.forEach(
                (label, centroid) ->
                        shares.put(label, Math.exp(SHARPNESS * cosine(vector, centroid))));
        double all = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.replaceAll((_, share) -> share / all);
        return new Verdict(shares);
    }

    /// 0 where one of them is nothing.
    private static double cosine(float[] one, double[] other) {
        double dot = 0;
        double ones = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
            ones += (double) one[i] * one[i];
            others += other[i] * other[i];
        }
        return ones == 0 || others == 0 ? 0 : dot / Math.sqrt(ones * others);
    }
}
