package io.orchflow.agent.sandbox;

import io.orchflow.agent.sandbox.SandboxSpec.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes sandboxes on this machine. The scripts that build them lie in the jar and are written out
/// once, so that a sandbox outlives the agent's process. Safe for use by any thread.
public final class Sandboxes {

    private static final List<String> SCRIPTS =
            List.of(
                    "leader.sh",
                    "enter.sh",
                    "init.sh",
                    "join.sh",
                    "job.sh",
                    "model.mjs",
                    "cooperative.sh");

    private final Path scripts;
    private final Path specs;
    private final Shown shown;
    private final SandboxMode mode;
    private final String notice;

    /// Writes the scripts and finds out, by really trying, how commands can be confined here.
    ///
    /// @param runtimeDir private to the agent
    public Sandboxes(Path runtimeDir, Shown shown) {
        Path base = runtimeDir.toAbsolutePath().normalize().resolve("sandbox");
        this.scripts = base.resolve("scripts");
        this.specs = base.resolve("specs");
        try {
            writeScripts();
            this.shown = shown.readableBelow(base);
            Attempted attempted =
                    HostTools.ownUid() == 0 ? attempt(SandboxMode.ROOT) : attempt(SandboxMode.USER);
            this.mode = attempted.worked ? attempted.mode : SandboxMode.NONE;
            this.notice =
                    attempted.worked
                            ? ""
                            : "commands are not isolated from each other: this machine refuses namespaces ("
                                    + attempted.reason
                                    + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the sandbox scripts cannot be written below " + base, e);
        }
    }

    private record Attempted(SandboxMode mode, boolean worked, String reason) {}

    private void writeScripts() throws IOException {
        Files.createDirectories(scripts.resolve("root"));
        Files.createDirectories(specs);
        for (String name : SCRIPTS) {
            try (InputStream in = Sandboxes.class.getResourceAsStream("/sandbox/" + name)) {
                if (in == null) {
                    throw new IOException("the jar lacks sandbox/" + name);
                }
                // A running sandbox may still read the old one: replace, never rewrite.
                Path fresh = Files.createTempFile(scripts, name, ".new");
                Files.write(fresh, in.readAllBytes());
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r-xr-xr-x"));
                Files.move(
                        fresh,
                        scripts.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Attempted attempt(SandboxMode mode) throws IOException {
        Path place = Files.createTempDirectory(specs, "trial");
        try {
            Path workspace = Files.createDirectory(place.resolve("workspace"));
            if (mode == SandboxMode.ROOT) {
                Trees.giveTo(workspace, SandboxUsers.TRIAL);
            }
            SandboxSpec spec =
                    new SandboxSpec(
                            "of-" + place.getFileName(),
                            Input.DATA,
                            SandboxUsers.TRIAL,
                            "agent",
                            workspace,
                            null,
                            false,
                            Map.of(),
                            Map.of(),
                            List.of(
                                    "/bin/sh",
                                    "-c",
                                    "test ! -e " + SandboxSpec.quote(specs.toString())));
            List<String> argv = prepare(spec, Files.createDirectory(place.resolve("run")), mode);
            Subprocess.Finished finished =
                    Subprocess.run(
                            Subprocess.builder(argv, Map.of("LANG", "C.UTF-8"), place),
                            null,
                            Duration.ofSeconds(20));
            forget(spec.name());
            return new Attempted(mode, finished.exitCode() == 0, finished.lastError());
        } finally {
            Trees.delete(place);
        }
    }

    public SandboxMode mode() {
        return mode;
    }

    /// Why commands are not isolated; empty when they are.
    public String notice() {
        return notice;
    }

    /// The programs that attempts may start and that are installed, each with where it is.
    public Map<String, Path> programs() throws IOException {
        Map<String, Path> found = new TreeMap<>();
        for (String name : shown.programs()) {
            HostTools.onPath(name).ifPresent(file -> found.put(name, file));
        }
        return found;
    }

    /// Where a command finds what the agent put into its `run` folder.
    public String runPath(Path run) {
        return mode.isolated() ? "/run/orchflow" : run.toString();
    }

    /// Writes down the sandbox and returns the argv of its first process.
    ///
    /// @param run private folder of this sandbox, shown read-only at `/run/orchflow`; the command
    ///     is added to it
    public List<String> prepare(SandboxSpec spec, Path run) throws IOException {
        return prepare(spec, run, mode);
    }

    /// Writes down a command that joins a sandbox which runs already, and returns the argv of its
    /// first process. [#leave] removes what it wrote.
    ///
    /// @param spec of the command; what is visible was decided when the sandbox was made
    /// @param run the private folder of that sandbox
    /// @param init its first process, as this machine counts; 0 where nothing is isolated
    public List<String> join(SandboxSpec spec, Path run, int init) throws IOException {
        write(run.resolve(spec.name()), spec.commandScript(), "rw-r--r--");
        Path file = specs.resolve(spec.name());
        String more = "join=" + (init == 0 ? "" : init) + "\ncommand=" + spec.name() + "\n";
        write(file, assignments(spec, run, "", mode) + more, "rw-------");
        return List.of("/bin/sh", scripts.resolve("leader.sh").toString(), file.toString());
    }

    /// Removes what `join` wrote; a command that already runs is not touched.
    public void leave(String name, Path run) throws IOException {
        forget(name);
        Files.deleteIfExists(run.resolve(name));
    }

    /// Runs a command that joins a sandbox to its end.
    ///
    /// @throws IOException when it cannot be started or does not end in time; then it was killed
    public Subprocess.Finished runIn(
            SandboxSpec spec,
            Path run,
            int init,
            Subprocess.@Nullable Input input,
            Duration timeout)
            throws IOException {
        try {
            List<String> argv = join(spec, run, init);
            return Subprocess.run(
                    Subprocess.builder(argv, Map.of("LANG", "C.UTF-8"), Path.of("/")),
                    input,
                    timeout);
        } finally {
            leave(spec.name(), run);
        }
    }

    /// Runs a command in a sandbox of its own to its end.
    ///
    /// @param output where standard output goes; null: it is returned
    /// @throws IOException when it cannot be started or does not end in time; then it was killed
    public Subprocess.Finished run(
            SandboxSpec spec,
            Subprocess.@Nullable Input input,
            @Nullable Path output,
            Duration timeout)
            throws IOException {
        Path run = specs.resolve(spec.name() + ".run");
        try {
            ProcessBuilder builder =
                    Subprocess.builder(prepare(spec, run), Map.of("LANG", "C.UTF-8"), Path.of("/"));
            if (output != null) {
                builder.redirectOutput(output.toFile());
            }
            return Subprocess.run(builder, input, timeout);
        } finally {
            forget(spec.name());
            Trees.delete(run);
        }
    }

    /// Removes what `prepare` wrote; a sandbox that already runs is not touched.
    public void forget(String name) throws IOException {
        Files.deleteIfExists(specs.resolve(name));
        Files.deleteIfExists(specs.resolve(name + ".overlay"));
    }

    private List<String> prepare(SandboxSpec spec, Path run, SandboxMode as) throws IOException {
        Files.createDirectories(run);
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        write(run.resolve("command"), spec.commandScript(), "rw-r--r--");
        String overlay = "";
        if (!spec.overlay().isEmpty() && as.isolated()) {
            Path file = specs.resolve(spec.name() + ".overlay");
            write(file, spec.overlayLines(), "rw-------");
            overlay = file.toString();
        }
        Path file = specs.resolve(spec.name());
        write(file, assignments(spec, run, overlay, as), "rw-------");
        return List.of("/bin/sh", scripts.resolve("leader.sh").toString(), file.toString());
    }

    private String assignments(SandboxSpec spec, Path run, String overlay, SandboxMode as)
            throws IOException {
        // Anew each time: what a person installs is there for the next command.
        HostTools tools = HostTools.find(shown.programs());
        boolean own = as == SandboxMode.ROOT;
        String home =
                Optional.ofNullable(spec.home())
                        .map(Path::toString)
                        .orElse(as.isolated() ? "" : run.toString());
        StringBuilder text = new StringBuilder();
        Map<String, String> values =
                Map.ofEntries(
                        Map.entry("mode", as.word()),
                        Map.entry("stdin", spec.input().name().toLowerCase(Locale.ROOT)),
                        Map.entry(
                                "environment", spec.environment() == null ? "inherited" : "given"),
                        Map.entry("uid", Integer.toString(own ? spec.uid() : HostTools.ownUid())),
                        Map.entry("gid", Integer.toString(own ? spec.uid() : HostTools.ownGid())),
                        Map.entry("user", spec.user()),
                        Map.entry("host", "orchflow"),
                        Map.entry("workspace", spec.workspace().toAbsolutePath().toString()),
                        Map.entry("run", run.toAbsolutePath().toString()),
                        Map.entry("home", home),
                        Map.entry("recipes", shown(spec, shown.recipes())),
                        Map.entry("profiles", shown(spec, shown.profiles())),
                        Map.entry("tools", String.join(" ", tools.prefixes())),
                        Map.entry("programs", String.join(" ", tools.programs())),
                        Map.entry("model", spec.model() == 0 ? "" : Integer.toString(spec.model())),
                        Map.entry("java", String.join(" ", tools.javaSettings())),
                        Map.entry("overlay", overlay));
        values.forEach(
                (name, value) ->
                        text.append(name)
                                .append('=')
                                .append(SandboxSpec.quote(value))
                                .append('\n'));
        return text.toString();
    }

    private static String shown(SandboxSpec spec, @Nullable Path folder) {
        return spec.recipes() && folder != null ? folder.toString() : "";
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
