package io.orchflow.gateway.status;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the bytes of a file are packed, the smallest first.
enum Encoding {
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz"),
    IDENTITY("identity", "");

    private final String coding;
    private final String suffix;

    Encoding(String coding, String suffix) {
        this.coding = coding;
        this.suffix = suffix;
    }

    /// Name in `Content-Encoding`.
    String coding() {
        return coding;
    }

    /// What the name of a file so packed ends in.
    String suffix() {
        return suffix;
    }

    /// Whether an `Accept-Encoding` (RFC 9110, 12.5.3) lets it be sent; unpacked bytes always are.
    boolean accepted(@Nullable String acceptEncoding) {
        if (this == IDENTITY) {
            return true;
        }
        if (acceptEncoding == null) {
            return false;
        }
        var any = false;
        for (var offer : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = offer.split(";", 2);
            var name = parts[0].strip();
            var wanted = parts.length == 1 || !refused(parts[1].strip());
            if (name.equals(coding)) {
                return wanted;
            }
            any |= name.equals("*") && wanted;
        }
        return any;
    }

    private static boolean refused(String weight) {
        return weight.matches("q\\s*=\\s*0(\\.0*)?");
    }
}
