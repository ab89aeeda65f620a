package io.orchflow.sentencevectors;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The directions in which vectors differ most: eigenvectors of their covariance, found by Jacobi
/// rotations.
final class PrincipalComponents {

    private static final int SWEEPS = 12; // more change nothing at double precision

    private final double[] mean;
    private final double[][] directions;

    private PrincipalComponents(double[] mean, double[][] directions) {
        this.mean = mean;
        this.directions = directions;
    }

    static PrincipalComponents of(double[][] vectors, int count) {
        var mean = mean(vectors);
        var covariance = covariance(vectors, mean);
        int size = mean.length;
        var eigenvectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            eigenvectors[i][i] = 1;
        }
        for (int i = 0; i < SWEEPS; i++) {
            sweep(covariance, eigenvectors);
        }
        var order =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -covariance[i][i]))
                        .limit(count)
                        .toList();
        var directions = new double[count][size];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < size; i++) {
                directions[k][i] = eigenvectors[i][order.get(k)];
            }
        }
        double kept = order.stream().mapToDouble(i -> covariance[i][i]).sum();
        double all = IntStream.range(0, size).mapToDouble(i -> covariance[i][i]).sum();
        System.out.printf(
                "%d of %d dimensions keep %.1f %% of the variance%n",
                count, size, 100 * kept / all);
        return new PrincipalComponents(mean, directions);
    }

    double[][] project(double[][] vectors) {
        return Arrays.stream(vectors).map(this::project).toArray(double[][]::new);
    }

    private double[] project(double[] vector) {
        var result = new double[directions.length];
        for (int k = 0; k < result.length; k++) {
            for (int i = 0; i < vector.length; i++) {
                result[k] += (vector[i] - mean[i]) * directions[k][i];
            }
        }
        return result;
    }

    private static double[] mean(double[][] vectors) {
        var mean = new double[vectors[0].length];
        for (var vector : vectors) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / vectors.length;
            }
        }
        return mean;
    }

    private static double[][] covariance(double[][] vectors, double[] mean) {
        int size = mean.length;
        var covariance = new double[size][size];
        for (var vector : vectors) {
            for (int i = 0; i < size; i++) {
                double di = vector[i] - mean[i];
                for (int j = i; j < size; j++) {
                    covariance[i][j] += di * (vector[j] - mean[j]) / vectors.length;
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                covariance[i][j] = covariance[j][i];
            }
        }
        return covariance;
    }

    private static void sweep(double[][] matrix, double[][] vectors) {
        for (int p = 0; p < matrix.length; p++) {
            for (int q = p + 1; q < matrix.length; q++) {
                if (Math.abs(matrix[p][q]) > 1e-15) {
                    rotate(matrix, vectors, p, q);
                }
            }
        }
    }

    /// Makes matrix[p][q] zero.
    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
        double cosine = 1 / Math.hypot(t, 1);
        double sine = t * cosine;
        turnColumns(matrix, p, q, cosine, sine);
        for (int k = 0; k < matrix.length; k++) {
            double value = matrix[p][k];
            matrix[p][k] = cosine * value - sine * matrix[q][k];
            matrix[q][k] = sine * value + cosine * matrix[q][k];
        }
        turnColumns(vectors, p, q, cosine, sine);
    }

    private static void turnColumns(double[][] rows, int p, int q, double cosine, double sine) {
        for (var row : rows) {
            double value = row[p];
            row[p] = cosine * value - sine * row[q];
            row[q] = sine * value + cosine * row[q];
        }
    }
}
