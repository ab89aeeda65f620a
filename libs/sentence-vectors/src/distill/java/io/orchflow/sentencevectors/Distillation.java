package io.orchflow.sentencevectors;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Makes the resource of [StaticEncoder]: every word piece goes through all-MiniLM-L6-v2 alone,
/// the vectors are turned by a principal component analysis and cut to their first dimensions,
/// weighted by the piece's rank (the vocabulary is ordered by frequency; Zipf's law), and rounded
/// to a byte.
final class Distillation {

    private static final int DIMENSIONS = Integer.getInteger("dimensions", 128);
    private static final int FIRST_WORD = 996; // rank of the first entry that is no place holder
    private static final Pattern ENTRY = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)+)\":\\s*(\\d+)");

    private Distillation() {}

    private record Piece(String name, int rank) {}

    public static void main(String[] args) throws IOException {
        var pieces = vocabulary();
        var model = new AllMiniLmL6V2QuantizedEmbeddingModel();
        var vectors = new double[pieces.size()][];
        for (int i = 0; i < vectors.length; i++) {
            var text = pieces.get(i).name().replaceFirst("^##(?=.)", "");
            vectors[i] = widened(model.embed(text).content().vector());
            if (i % 5000 == 0) {
                System.out.println(i + " of " + vectors.length);
            }
        }
        var components = PrincipalComponents.of(vectors, DIMENSIONS);
        write(Path.of(args[0]), pieces, components.project(vectors));
    }

    private static double[] widened(float[] vector) {
        var result = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            result[i] = vector[i];
        }
        return result;
    }

    /// The Latin part of the vocabulary, by rank.
    private static List<Piece> vocabulary() throws IOException {
        var pieces = new ArrayList<Piece>();
        try (var resource =
                AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(
                        "/all-minilm-l6-v2-q-tokenizer.json")) {
            if (resource == null) {
                throw new IOException("the tokenizer is not where it was");
            }
            var json = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            var entries = ENTRY.matcher(json.substring(json.indexOf("\"vocab\"")));
            while (entries.find()) {
                var name = entries.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
                if (!name.startsWith("[") && name.chars().allMatch(point -> point < 0x250)) {
                    pieces.add(new Piece(name, Integer.parseInt(entries.group(2))));
                }
            }
        }
        return pieces;
    }

    private static void write(Path file, List<Piece> pieces, double[][] vectors)
            throws IOException {
        var stream = new BufferedOutputStream(Files.newOutputStream(file));
        try (var out = new DataOutputStream(stream)) {
            out.writeInt(StaticEncoder.MAGIC);
            out.writeByte(StaticEncoder.VERSION);
            out.writeShort(DIMENSIONS);
            out.writeInt(pieces.size());
            for (int i = 0; i < vectors.length; i++) {
                writePiece(out, pieces.get(i), vectors[i]);
            }
        }
    }

    private static void writePiece(DataOutputStream out, Piece piece, double[] vector)
            throws IOException {
        var name = piece.name().getBytes(StandardCharsets.UTF_8);
        double largest = 1e-9;
        for (double value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        out.writeByte(name.length);
        out.write(name);
        out.writeFloat((float) (largest / 127 * weight(piece.rank())));
        for (double value : vector) {
            out.writeByte((int) Math.round(value / largest * 127));
        }
    }

    /// Smooth inverse frequency, with the frequency that Zipf's law gives the rank.
    private static double weight(int rank) {
        double frequency = 0.08 / (1 + Math.max(0, rank - FIRST_WORD));
        return 1e-4 / (1e-4 + frequency);
    }
}
