package io.orchflow.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./orchflow` on machines that lack something. Nothing is built or started.
class ScriptTest {
    private static final Path SCRIPT = Path.of("../../orchflow").toAbsolutePath().normalize();

    private static final List<String> USED =
            List.of(
                    ("bash sh env sed grep sort head cut cat dirname readlink find xargs sha256sum mkdir tr awk basename mktemp touch tail ls"
                                    + " tmux git node unshare setsid setpriv flock mvn npm")
                            .split(" ", -1));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    /// @param errors of what it printed, that to stderr
    private record Run(int exitCode, String output, String errors) {}

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.copy(SCRIPT, folder.resolve("orchflow"));
        Files.writeString(folder.resolve("pom.xml"), "<module>one</module>\n");
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Files.copy(SCRIPT.resolveSibling("tools/native.sh"), tools.resolve("native.sh"));
        Files.createDirectory(folder.resolve(".mvn"));
        Files.createDirectory(folder.resolve("one"));
    }

    @Test
    void aMissingProgramIsNamedWithTheCommandThatMendsIt() throws Exception {
        assertEquals(
                new Run(
                        1,
                        "",
                        "orchflow: tmux is missing (agents and terminals run in it): install it, for example with 'apt install tmux'\n"),
                run(machineWithout("tmux"), "up"));
    }

    @Test
    void severalMissingProgramsAreOneLine() throws Exception {
        Run run = run(machineWithout("tmux", "node", "setsid", "flock"), "up");
        assertEquals(1, run.exitCode());
        assertEquals(1, run.errors().lines().count(), run.errors());
        assertTrue(run.errors().contains("node is missing (the built-in recipes"), run.errors());
        assertTrue(run.errors().endsWith("'apt install tmux nodejs util-linux'\n"), run.errors());
    }

    @Test
    void aProgramThatIsTooOldIsNamedWithBothVersions() throws Exception {
        Path machine = machineWithout("tmux");
        program(machine.resolve("tmux"), "echo tmux 3.2a");
        Run run = run(machine, "up");
        assertTrue(
                run.errors().startsWith("orchflow: tmux 3.2a is too old, 3.3 is needed (agents"),
                run.errors());
        program(machine.resolve("tmux"), "echo tmux next-3.4");
        program(Files.createDirectory(folder.resolve("a")).resolve("node"), "echo v18.19.1");
        assertTrue(
                run(folder.resolve("a") + File.pathSeparator + machine, "up")
                        .errors()
                        .startsWith(
                                "orchflow: node 18.19.1 is too old, 20 is needed (the built-in"));
    }

    @Test
    void withoutMavenNothingIsBuilt() throws Exception {
        Run run = run(machineWithout("mvn"), "build");
        assertEquals(1, run.exitCode());
        assertEquals(
                "orchflow: mvn is missing (it builds orchflow): install it, for example with 'apt install maven'\n",
                run.errors());
    }

    @Test
    void withoutACompilerNothingNativeIsBuilt() throws Exception {
        checkoutWithOneService();
        for (String command : List.of("build", "up")) {
            assertEquals(
                    new Run(
                            1,
                            "",
                            "orchflow: gcc is missing (native executables are linked with it),"
                                    + " readelf is missing (it tells which libraries an executable"
                                    + " wants): install it, for example with"
                                    + " 'apt install gcc binutils'\n"),
                    run(machineWithout(), command, "--native"));
        }
    }

    @Test
    void withoutZlibsHeaderNothingNativeIsBuilt() throws Exception {
        checkoutWithOneService();
        Path machine = machineWithout();
        program(machine.resolve("gcc"), "exit 1");
        program(machine.resolve("readelf"), "exit 0");
        assertEquals(
                new Run(
                        1,
                        "",
                        "orchflow: gcc finds no zlib.h, which native executables are linked with:"
                                + " install it, for example with 'apt install zlib1g-dev'\n"),
                run(machine, "build", "--native"));
    }

    @Test
    void doctorNamesAllThatIsMissing() throws Exception {
        Run run = run(machineWithout("tmux", "mvn"), "doctor");
        assertEquals(1, run.exitCode());
        for (String line :
                List.of(
                        "  missing  tmux is missing: agents and terminals run in it; apt install tmux\n",
                        "  missing  mvn is missing: it builds orchflow; apt install maven\n",
                        "  note     gcc is missing: only --native needs it; apt install gcc\n",
                        "  later    orchflow is not built: the first ./orchflow up does it",
                        "something is missing\n")) {
            assertTrue(run.output().contains(line), run.output());
        }
        assertEquals("", run.errors());
    }

    @Test
    void anUnknownCommandIsOneLine() throws Exception {
        assertEquals(
                new Run(2, "", "orchflow: unknown command 'upp'; ./orchflow help lists them\n"),
                run(machineWithout(), "upp"));
        assertEquals(2, run(machineWithout(), "test", "now").exitCode());
    }

    private void checkoutWithOneService() throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "<module>services/auth</module>\n");
        Path auth = Files.createDirectories(folder.resolve("services/auth"));
        Files.writeString(auth.resolve("pom.xml"), "<project></project>\n");
        Files.createDirectory(folder.resolve("tools/image-toolchain"));
    }

    /// A PATH with what the script uses, but for some programs.
    private Path machineWithout(String... missing) throws IOException {
        Path machine = Files.createTempDirectory(folder, "path");
        for (String program : USED) {
            if (!List.of(missing).contains(program)) {
                Path found = Requirements.onPath(program).orElseThrow();
                Files.createSymbolicLink(machine.resolve(program), found);
            }
        }
        return machine;
    }

    private static void program(Path file, String script) throws IOException {
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run run(Path path, String... arguments) throws Exception {
        return run(path.toString(), arguments);
    }

    private Run run(String path, String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of(folder.resolve("orchflow").toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        var builder =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
        builder.environment().put("PATH", path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return new Run(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }
}
