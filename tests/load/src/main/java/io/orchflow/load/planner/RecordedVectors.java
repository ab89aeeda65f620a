package io.orchflow.load.planner;

import io.orchflow.sentencevectors.Encoder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// What the whole MiniLM made of each request, written down by `Recording` of the library: the
/// model itself needs native code and 100 MB.
final class RecordedVectors implements Encoder {

    private final int dimensions;
    private final Map<String, float[]> vectors = new HashMap<>();

    RecordedVectors() throws IOException {
        var stream = RecordedVectors.class.getResourceAsStream("/planner/minilm-vectors.bin");
        var buffered = new BufferedInputStream(Objects.requireNonNull(stream));
        try (var in = new DataInputStream(buffered)) {
            dimensions = in.readInt();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                var text = in.readUTF();
                var vector = new float[dimensions];
                for (int k = 0; k < dimensions; k++) {
                    vector[k] = in.readFloat();
                }
                vectors.put(text, vector);
            }
        }
    }

    /// @throws IllegalArgumentException for a text that was not there when they were written down
    @Override
    public float[] encode(String text) {
        var vector = vectors.get(text);
        if (vector == null) {
            throw new IllegalArgumentException(
                    "no recorded vector of \"" + text + "\": record them anew, see the README");
        }
        return vector;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }
}
