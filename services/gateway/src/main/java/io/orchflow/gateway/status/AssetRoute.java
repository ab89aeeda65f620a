package io.orchflow.gateway.status;

import io.orchflow.gateway.edge.Answers;
import io.orchflow.gateway.edge.Blocking;
import io.orchflow.problem.Problems;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The app's files, kept in memory once asked for. API answers never pass here, so that nothing
/// secret is compressed beside what a stranger chose (BREACH), and no event waits for a full block.
@ApplicationScoped
class AssetRoute {

    private static final String ROOT = "META-INF/resources";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String CHECKED = "no-cache";

    private final Vertx vertx;
    private final Map<String, Asset> assets = new ConcurrentHashMap<>();

    AssetRoute(Vertx vertx) {
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        router.route("/*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(-5)
                .handler(this::answer);
    }

    private void answer(RoutingContext context) {
        var path = context.normalizedPath();
        var known = assets.get(path);
        if (known != null) {
            give(context, path, known);
        } else if (named(path)) {
            Blocking.call(vertx, () -> load(path))
                    .onSuccess(
                            found ->
                                    found.ifPresentOrElse(
                                            asset -> give(context, path, asset),
                                            () -> missing(context, path)))
                    .onFailure(e -> Answers.fail(context, e));
        } else {
            missing(context, path);
        }
    }

    private Optional<Asset> load(String path) {
        var found = Asset.load(ROOT + path);
        found.ifPresent(asset -> assets.put(path, asset));
        return found;
    }

    private static void give(RoutingContext context, String path, Asset asset) {
        AssetAnswer.give(context, asset, digested(path) ? FOREVER : CHECKED);
    }

    /// A page of an older build asks for chunks that are gone: it must not get a page for a script.
    private static void missing(RoutingContext context, String path) {
        if (path.startsWith("/_app/")) {
            Answers.fail(context, Problems.notFound("file", path));
        } else {
            context.next();
        }
    }

    /// Whether the last segment is a file's name; a folder of a jar would read as an empty file.
    private static boolean named(String path) {
        return path.indexOf('.', path.lastIndexOf('/')) > 0;
    }

    /// The name holds a digest of the bytes.
    private static boolean digested(String path) {
        return path.startsWith("/_app/immutable/");
    }
}
