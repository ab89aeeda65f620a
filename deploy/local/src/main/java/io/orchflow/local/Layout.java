package io.orchflow.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Where everything lies: the build in the checkout, what is kept in the data directory, sockets in
/// a short folder.
///
/// @param checkout the repository, built
/// @param data everything that is kept
record Layout(Path checkout, Path data) {

    Path logs() {
        return data.resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    Path secrets() {
        return data.resolve("secrets");
    }

    /// `<part>.pid` files (`pid start-ticks`), for the next start ([EarlierRun]).
    Path run() {
        return data.resolve("run");
    }

    Path pidFile(String part) {
        return run().resolve(part + ".pid");
    }

    Path lock() {
        return data.resolve("lock");
    }

    /// Below 40 characters, so that Unix sockets fit (107); the same for the same data directory.
    Path runtime() {
        String user = Long.toString(uid());
        String digest;
        try {
            byte[] bytes =
                    MessageDigest.getInstance("SHA-256")
                            .digest(data.toString().getBytes(StandardCharsets.UTF_8));
            digest = HexFormat.of().formatHex(bytes, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return Path.of("/tmp", "orchflow-" + user + "-" + digest);
    }

    Path profiles() {
        return checkout.resolve("workspace-container/profiles");
    }

    Path recipes() {
        return checkout.resolve("workspace-container/recipes");
    }

    Path aotCaches() {
        return checkout.resolve("deploy/local/target/aot");
    }

    Path aotCache(String part) {
        return aotCaches().resolve(part + ".aot");
    }

    /// The uber jar of a service, if it is built.
    Optional<Path> serviceJar(String service) {
        return runner(checkout.resolve("services").resolve(service));
    }

    Optional<Path> agentJar() {
        return runner(checkout.resolve("workspace-container/agent"));
    }

    /// A native executable, as `./orchflow build --native` leaves it.
    Path executable(String name) {
        return checkout.resolve("target/native").resolve(name).resolve("orchflow-" + name);
    }

    private static Optional<Path> runner(Path module) {
        Path target = module.resolve("target");
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (var files = Files.newDirectoryStream(target, "*-runner.jar")) {
            for (Path file : files) {
                return Optional.of(file);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long uid() {
        try {
            return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        } catch (IOException | UnsupportedOperationException e) {
            return Math.abs((long) System.getProperty("user.name").hashCode());
        }
    }
}
