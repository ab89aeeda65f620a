package io.orchflow.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How this system's JVMs are started: small, quick, with an AOT cache (JEP 514) where there is
/// one.
final class Jvm {
    private Jvm() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /// Flags that training and use must share.
    static List<String> flags(int heapMiB) {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms24m",
                "-Xmx" + heapMiB + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }

    /// `java … -jar` with the cache; a cache that does not fit is left out by the JVM itself.
    static List<String> command(Path jar, Path cache, int heapMiB, boolean training) {
        var command = new ArrayList<String>();
        command.add(java().toString());
        command.addAll(options(cache, heapMiB, training));
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    static List<String> options(Path cache, int heapMiB, boolean training) {
        var options = new ArrayList<>(flags(heapMiB));
        options.addAll(aot(cache, training));
        return options;
    }

    static List<String> aot(Path cache, boolean training) {
        if (training) {
            return List.of("-XX:AOTCacheOutput=" + cache);
        }
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off") : List.of();
    }

    /// A command that succeeds only when the cache can be used with the jar.
    static List<String> cacheCheck(Path jar, Path cache) {
        var command = new ArrayList<String>();
        command.add(java().toString());
        command.addAll(flags(64));
        command.addAll(
                List.of(
                        "-XX:AOTMode=on",
                        "-XX:AOTCache=" + cache,
                        "-cp",
                        jar.toString(),
                        "-version"));
        return command;
    }
}
