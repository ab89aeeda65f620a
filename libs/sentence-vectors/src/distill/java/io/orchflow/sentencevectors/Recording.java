package io.orchflow.sentencevectors;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;

/// Writes down what the whole model makes of given texts, so that it can be compared with where it
/// cannot run: dimensions and count (4 bytes each), then for each text its modified UTF-8 and its
/// vector (4 bytes a component, IEEE 754).
final class Recording {

    private Recording() {}

    /// @param args the file to write, then files of a text a line, behind a label and a tab
    public static void main(String[] args) throws IOException {
        var texts = new LinkedHashSet<String>();
        for (var file : Arrays.asList(args).subList(1, args.length)) {
            Files.readAllLines(Path.of(file))
                    .forEach(line -> texts.add(line.substring(line.indexOf('\t') + 1)));
        }
        var model = new AllMiniLmL6V2QuantizedEmbeddingModel();
        var stream = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])));
        try (var out = new DataOutputStream(stream)) {
            out.writeInt(model.dimension());
            out.writeInt(texts.size());
            for (var text : texts) {
                out.writeUTF(text);
                for (float value : model.embed(text).content().vector()) {
                    out.writeFloat(value);
                }
            }
        }
    }
}
