package io.orchflow.agent.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What of this machine's programs a sandbox has to show besides `/usr`.
///
/// @param prefixes installations outside of `/usr` (a Node of nvm, say) that hold programs which
///     agents need
/// @param javaSettings names below `/etc` of the settings of installed Java versions
record HostTools(List<String> prefixes, List<String> javaSettings) {

    private static final List<String> NEEDED = List.of("node", "git");

    /// Looks at the agent's own `PATH`.
    static HostTools find() {
        Set<String> prefixes = new TreeSet<>();
        String path = System.getenv().getOrDefault("PATH", "");
        for (String program : NEEDED) {
            for (String directory : path.split(":", -1)) {
                Path file = Path.of(directory.isEmpty() ? "." : directory, program);
                if (Files.isExecutable(file)) {
                    prefix(file).ifPresent(prefixes::add);
                    break;
                }
            }
        }
        return new HostTools(List.copyOf(prefixes), javaSettingsBelow(Path.of("/etc")));
    }

    private static Optional<String> prefix(Path file) {
        try {
            Path program = file.toRealPath();
            Path bin = program.getParent();
            Path prefix = bin == null ? null : bin.getParent();
            if (bin == null
                    || prefix == null
                    || program.startsWith("/usr")
                    || program.startsWith("/bin")) {
                return Optional.empty();
            }
            boolean installation =
                    prefix.getNameCount() >= 2
                            && bin.endsWith("bin")
                            && Files.isDirectory(prefix.resolve("lib"))
                            && !prefix.equals(Path.of(System.getProperty("user.home")))
                            && prefix.toString().chars().noneMatch(Character::isWhitespace);
            return installation ? Optional.of(prefix.toString()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> javaSettingsBelow(Path etc) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(etc, "java-*")) {
            found.forEach(directory -> names.add(directory.getFileName().toString()));
        } catch (IOException e) {
            return List.of();
        }
        return List.copyOf(names);
    }

    static int ownUid() {
        return own("unix:uid");
    }

    static int ownGid() {
        return own("unix:gid");
    }

    private static int own(String attribute) {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), attribute);
        } catch (IOException e) {
            throw new UncheckedIOException("/proc is not readable", e);
        }
    }
}
