package io.orchflow.sentencevectors;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The sum of one vector for each word piece, made to length 1. The vectors were distilled from
/// all-MiniLM-L6-v2 (see `Distillation`): rare pieces weigh more than frequent ones (smooth
/// inverse
/// frequency; Arora et al. 2017), which is folded into their scale.
///
/// File format: `OFSV`, version (1 byte: 1), dimensions (2 bytes), pieces (4 bytes); for each
/// piece: length of its UTF-8 (1 byte), its bytes, scale (4 bytes, IEEE 754), one signed byte
/// for each
/// dimension. Numbers are big-endian; component = byte × scale.
public final class StaticEncoder implements Encoder {

    static final String RESOURCE = "word-pieces.bin";
    static final int MAGIC = 0x4F465356;
    static final int VERSION = 1;

    private static final class Piece {
        final float scale;
        final byte[] values;

        Piece(float scale, byte[] values) {
            this.scale = scale;
            this.values = values;
        }
    }

    private final int dimensions;
    private final Map<String, Piece> pieces;
    private final WordPieces tokenizer;

    private StaticEncoder(int dimensions, Map<String, Piece> pieces) {
        this.dimensions = dimensions;
        this.pieces = pieces;
        this.tokenizer = new WordPieces(pieces.keySet());
    }

    /// Reads the vectors that come with this library: some 4 MB of heap.
    ///
    /// @throws UncheckedIOException when the resource is missing or damaged
    public static StaticEncoder load() {
        try (var resource = StaticEncoder.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException(RESOURCE + " is not in the library");
            }
            return read(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the word vectors", e);
        }
    }

    static StaticEncoder read(InputStream stream) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
        if (in.readInt() != MAGIC || in.readUnsignedByte() != VERSION) {
            throw new IOException("not a file of word vectors, version " + VERSION);
        }
        int dimensions = in.readUnsignedShort();
        int count = in.readInt();
        var pieces = HashMap.<String, Piece>newHashMap(count);
        for (int i = 0; i < count; i++) {
            var name = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            float scale = in.readFloat();
            var values = in.readNBytes(dimensions);
            if (values.length < dimensions) {
                throw new IOException("ends inside the vector of " + name);
            }
            pieces.put(name, new Piece(scale, values));
        }
        return new StaticEncoder(dimensions, pieces);
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public float[] encode(String text) {
        var sum = new float[dimensions];
        for (var name : tokenizer.of(text)) {
            var piece = pieces.get(name);
            for (int i = 0; piece != null && i < dimensions; i++) {
                sum[i] += piece.values[i] * piece.scale;
            }
        }
        return Vectors.normalized(sum);
    }
}
