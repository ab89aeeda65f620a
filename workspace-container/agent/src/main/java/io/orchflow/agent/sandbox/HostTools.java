package io.orchflow.agent.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What of this machine's programs a sandbox has to show besides `/usr`.
///
/// @param prefixes installations outside of `/usr` (a Node of nvm, say, or a `node_modules`) that
///     hold programs which agents need
/// @param programs single files outside of `/usr`, as `NAME=PATH`
/// @param javaSettings names below `/etc` of the settings of installed Java versions
record HostTools(List<String> prefixes, List<String> programs, List<String> javaSettings) {

    private static final List<String> NEEDED = List.of("node", "git");

    /// Looks at the agent's own `PATH`.
    ///
    /// @param agents programs that attempts may start, where they are installed
    static HostTools find(List<String> agents) {
        return find(System.getenv().getOrDefault("PATH", ""), agents);
    }

    /// @param path as in the variable `PATH`
    static HostTools find(String path, List<String> agents) {
        Set<String> prefixes = new TreeSet<>();
        for (String program : NEEDED) {
            onPath(path, program).flatMap(HostTools::prefix).ifPresent(prefixes::add);
        }
        Set<String> programs = new TreeSet<>();
        for (String program : agents) {
            onPath(path, program).ifPresent(file -> show(program, file, prefixes, programs));
        }
        return new HostTools(
                List.copyOf(prefixes), List.copyOf(programs), javaSettingsBelow(Path.of("/etc")));
    }

    /// Where a program is on the agent's own `PATH`.
    static Optional<Path> onPath(String program) {
        return onPath(System.getenv().getOrDefault("PATH", ""), program);
    }

    private static Optional<Path> onPath(String path, String program) {
        return Arrays.stream(path.split(":", -1))
                .map(directory -> Path.of(directory.isEmpty() ? "." : directory, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static void show(String name, Path file, Set<String> prefixes, Set<String> programs) {
        Optional<String> whole = nodeModules(file).or(() -> prefix(file));
        if (whole.isPresent()) {
            prefixes.add(whole.get());
        } else if (outside(file)) {
            programs.add(name + "=" + file);
        }
    }

    /// The outermost `node_modules` that a program is linked from, with its `.bin`.
    private static Optional<String> nodeModules(Path file) {
        Path modules = file.toAbsolutePath().resolve("../..").normalize();
        boolean linked =
                modules.endsWith("node_modules")
                        && file.toAbsolutePath().startsWith(modules.resolve(".bin"));
        return linked && plain(modules) ? Optional.of(modules.toString()) : Optional.empty();
    }

    private static boolean outside(Path file) {
        try {
            Path program = file.toRealPath();
            return plain(program) && !program.startsWith("/usr") && !program.startsWith("/bin");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean plain(Path path) {
        return path.toString().chars().noneMatch(Character::isWhitespace);
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
                            && plain(prefix);
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
