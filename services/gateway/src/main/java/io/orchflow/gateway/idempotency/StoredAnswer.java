package io.orchflow.gateway.idempotency;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A service's answer, as it is given again to a repeated request.
public record StoredAnswer(int status, Map<String, String> headers, Buffer body) {

    private static final List<String> KEPT =
            List.of("Content-Type", "Location", "ETag", "Link", "Cache-Control", "Retry-After");

    public static StoredAnswer of(int status, MultiMap headers, Buffer body) {
        var kept = new TreeMap<String, String>();
        for (var name : KEPT) {
            var value = headers.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return new StoredAnswer(status, kept, body);
    }

    /// Whether the effect was had, so that doing it again would double it.
    boolean done() {
        return status < 400;
    }

    byte[] toBytes() {
        var json = new JsonObject().put("status", status).put("body", body.getBytes());
        var kept = new JsonObject();
        headers.forEach(kept::put);
        return json.put("headers", kept).toBuffer().getBytes();
    }

    static StoredAnswer fromBytes(byte[] bytes) {
        var json = new JsonObject(Buffer.buffer(bytes));
        var headers = new TreeMap<String, String>();
        json.getJsonObject("headers")
                .forEach(entry -> headers.put(entry.getKey(), String.valueOf(entry.getValue())));
        return new StoredAnswer(
                json.getInteger("status"), headers, Buffer.buffer(json.getBinary("body")));
    }
}
