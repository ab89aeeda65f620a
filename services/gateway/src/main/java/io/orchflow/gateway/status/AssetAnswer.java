package io.orchflow.gateway.status;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Gives a file out: packed as the client takes it, or 304 where the client has it.
final class AssetAnswer {

    private AssetAnswer() {}

    static void give(RoutingContext context, Asset asset, String cacheControl) {
        var request = context.request();
        var encoding = asset.choose(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        var etag = asset.etag(encoding);
        // A 304 renews the headers that the browser has kept: its policy has to be this one too.
        var response =
                context.response()
                        .putHeader(HttpHeaders.CACHE_CONTROL, cacheControl)
                        .putHeader(HttpHeaders.ETAG, etag)
                        .putHeader("Content-Security-Policy", asset.policy());
        if (asset.bodies().size() > 1) {
            response.putHeader(HttpHeaders.VARY, "Accept-Encoding");
        }
        if (known(request.getHeader(HttpHeaders.IF_NONE_MATCH), etag)) {
            response.setStatusCode(304).end();
            return;
        }
        if (encoding != Encoding.IDENTITY) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, encoding.coding());
        }
        var body = asset.body(encoding);
        response.putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
        if (HttpMethod.HEAD.equals(request.method())) {
            response.end();
        } else {
            response.end(body);
        }
    }

    /// Compared weakly (RFC 9110, 13.1.2): a proxy may have weakened the validator.
    private static boolean known(@Nullable String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }
}
