package io.orchflow.orchestration.planner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// What pins a recipe: SHA-256 over its folder and the shared `lib/` it runs on. For every
/// file, in
/// the order of its path's UTF-8 bytes: path relative to the catalogue, NUL, length in
/// decimal, NUL, content. The runner (lib/digest.mjs) computes the same.
final class RecipeDigest {

    private RecipeDigest() {}

    /// @return 64 lower-case hex digits
    /// @throws IOException when the recipe has no folder
    static String of(Path catalogue, String recipeId) throws IOException {
        var hash = sha256();
        for (var path : paths(catalogue, recipeId)) {
            var content = Files.readAllBytes(catalogue.resolve(path));
            hash.update(path.getBytes(UTF_8));
            hash.update((byte) 0);
            hash.update(Integer.toString(content.length).getBytes(UTF_8));
            hash.update((byte) 0);
            hash.update(content);
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static List<String> paths(Path catalogue, String recipeId) throws IOException {
        try (var own = Files.walk(catalogue.resolve(recipeId));
                var shared = Files.walk(catalogue.resolve("lib"))) {
            return Stream.concat(own, shared)
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> catalogue.relativize(path).toString())
                    .sorted((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)))
                    .toList();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
