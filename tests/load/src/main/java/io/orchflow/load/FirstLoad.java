package io.orchflow.load;

import io.orchflow.e2e.Api;
import io.orchflow.e2e.Orchflow;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The first load of the app's screens, by Lighthouse in a real browser.
final class FirstLoad {
    private FirstLoad() {}

    static void print(Orchflow orchflow) throws IOException, InterruptedException {
        System.out.println("\nFirst load (Lighthouse, slow 4G, processor four times slower)");
        var folder = NpmFolder.installed(Orchflow.root().resolve("tests/load/page"));
        String origin = "http://" + orchflow.url().getAuthority();
        Process node =
                new ProcessBuilder(
                                List.of(
                                        "node",
                                        "first-load.mjs",
                                        origin,
                                        Api.OWNER_EMAIL,
                                        Api.PASSWORD))
                        .directory(folder.toFile())
                        .inheritIO()
                        .start();
        if (!node.waitFor(10, TimeUnit.MINUTES)) {
            node.destroy();
            System.out.println("(not finished after 10 minutes)");
        }
    }
}
