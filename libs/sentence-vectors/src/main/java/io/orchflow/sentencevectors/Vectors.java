package io.orchflow.sentencevectors;

/// Arithmetic on vectors of equal length.
public final class Vectors {

    private Vectors() {}

    /// -1..1; 0 when either is zero.
    public static double cosine(float[] a, float[] b) {
        double product = dot(a, b);
        double lengths = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
        return lengths == 0 ? 0 : product / lengths;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /// The same direction with length 1; zeros stay zeros.
    static float[] normalized(float[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        var result = new float[vector.length];
        for (int i = 0; length > 0 && i < vector.length; i++) {
            result[i] = (float) (vector[i] / length);
        }
        return result;
    }
}
