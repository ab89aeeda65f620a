package io.orchflow.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `native-image` command: understands what a build tool passes (class path or jar, `-J…`,
/// `-H:…`, and the options of `OptionTable`), adds what jars say for the builder, runs it, and puts
/// the JDK's libraries beside the executable.
///
/// Not here, since nothing uses it: fallback images, bundles, layers, shared libraries, modules on
/// the image's path.
public final class Driver {
    static final String VERSION = "25.0.2";

    /// As GraalVM writes it: frameworks take the version out of it.
    static final String VENDOR_VERSION = "GraalVM CE " + VERSION + "+0";

    private static final Pattern NEEDED = Pattern.compile("\\(NEEDED\\).*\\[(lib[^]]+)]");

    /// Options that this command adds itself, as the builder calls them.
    private static final String DRIVER = "driver";

    /// Marks an option that is a documented one, not an experiment.
    private static final String API = "+api";

    private record Exclusion(Pattern jar, Pattern resource) {
        boolean matches(Path jarFile, String name) {
            return jar.matcher(jarFile.toString()).find() && resource.matcher(name).find();
        }
    }

    private final Path home;
    private final OptionTable options;
    private final List<String> virtualMachine = new ArrayList<>();
    private final List<String> builder = new ArrayList<>();
    private final Set<Path> classPath = new LinkedHashSet<>();
    private final List<Exclusion> exclusions = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private @Nullable String mainClass;

    private Driver(Path home) throws IOException {
        this.home = home;
        options = new OptionTable();
    }

    /// Arguments: the toolchain's folder, then those of the command.
    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Path.of(args[0]).toRealPath();
        List<String> given = List.of(args).subList(1, args.length);
        if (given.contains("--version")) {
            printVersion();
            return;
        }
        try {
            System.exit(new Driver(home).build(given));
        } catch (Failure | UncheckedIOException e) {
            System.err.println("native-image: " + e.getMessage());
            System.exit(1);
        }
    }

    /// Three lines that build tools parse: the builder's version, the JDK's, and the JDK's again.
    private static void printVersion() {
        String jdk = System.getProperty("java.runtime.version");
        System.out.println("native-image " + VERSION + " 2026-01-20");
        System.out.println(
                "OpenJDK Runtime Environment " + VENDOR_VERSION + " (build " + jdk + ")");
        System.out.println(
                "OpenJDK 64-Bit Server VM " + VENDOR_VERSION + " (build " + jdk + ", mixed mode)");
    }

    private int build(List<String> arguments) throws IOException, InterruptedException {
        take(arguments, null);
        for (Path entry : classPath) {
            for (Metadata metadata : Metadata.of(entry, this::isExcluded)) {
                take(metadata.arguments(), metadata.origin());
                metadata.configurations().forEach(option -> add(option, metadata.origin() + API));
            }
        }
        if (mainClass == null && !names.isEmpty()) {
            mainClass = names.removeFirst();
        }
        Path output = Path.of(names.isEmpty() ? "image" : names.getLast()).toAbsolutePath();
        add("-H:Path=" + output.getParent(), DRIVER);
        add("-H:Name=" + output.getFileName(), DRIVER);
        if (mainClass != null) {
            add("-H:Class=" + mainClass, DRIVER);
        }
        add("-H:ImageBuildID=" + UUID.randomUUID(), DRIVER);
        add("-H:CLibraryPath=" + home.resolve(Toolchain.IMAGE), DRIVER);
        add("-H:NativeLinkerOption=-Wl,-rpath,$ORIGIN", DRIVER);
        int status = run();
        if (status == 0) {
            putLibrariesBeside(output);
        }
        return status;
    }

    private boolean isExcluded(Path jar, String resource) {
        return exclusions.stream().anyMatch(exclusion -> exclusion.matches(jar, resource));
    }

    /// `origin` is null for the command line, else the file that the arguments stand in.
    private void take(List<String> arguments, @Nullable String origin) throws IOException {
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String argument = rest.pop();
            try {
                takeOne(argument, rest, origin);
            } catch (NoSuchElementException e) {
                throw new Failure(argument + " wants a value");
            }
        }
    }

    private void takeOne(String argument, Deque<String> rest, @Nullable String origin)
            throws IOException {
        if (argument.startsWith("-J")) {
            virtualMachine.add(argument.substring(2));
        } else if (argument.startsWith("-D")) {
            virtualMachine.add(argument);
        } else if (argument.equals("-jar")) {
            takeJar(Path.of(rest.pop()).toAbsolutePath());
        } else if (Set.of("-cp", "-classpath", "--class-path").contains(argument)) {
            Stream.of(rest.pop().split(":"))
                    .map(entry -> Path.of(entry).toAbsolutePath())
                    .forEach(classPath::add);
        } else if (argument.equals("-o")) {
            names.add(rest.pop());
        } else if (argument.equals("--exclude-config")) {
            exclusions.add(new Exclusion(Pattern.compile(rest.pop()), Pattern.compile(rest.pop())));
        } else if (argument.startsWith("--add-modules=")) {
            virtualMachine.add(argument);
        } else if (argument.startsWith("-H:") || argument.startsWith("-R:")) {
            add(argument, origin);
        } else if (argument.equals("--verbose")) {
            builder.add("-H:+BuildOutputProgress");
        } else if (argument.startsWith("-")) {
            add(
                    options.translate(argument, rest::pop)
                            .orElseThrow(
                                    () ->
                                            new Failure(
                                                    "unknown option "
                                                            + argument
                                                            + (origin == null
                                                                    ? ""
                                                                    : " in " + origin))),
                    origin == null ? "user" + API : origin + API);
        } else {
            names.add(argument);
        }
    }

    /// The builder wants an option's origin between its name and its value.
    private void add(String option, @Nullable String origin) {
        if (origin == null) {
            builder.add(option);
            return;
        }
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        builder.add(name + "@" + origin + (equals < 0 ? "" : option.substring(equals)));
    }

    private void takeJar(Path jar) throws IOException {
        classPath.add(jar);
        try (var file = new JarFile(jar.toFile())) {
            Attributes attributes = file.getManifest().getMainAttributes();
            mainClass = attributes.getValue(Attributes.Name.MAIN_CLASS);
            takePackages(attributes, "Add-Exports", "--add-exports=");
            takePackages(attributes, "Add-Opens", "--add-opens=");
            String others = attributes.getValue(Attributes.Name.CLASS_PATH);
            if (others != null) {
                Stream.of(others.strip().split("\\s+"))
                        .map(other -> jar.resolveSibling(other).normalize())
                        .filter(Files::exists)
                        .forEach(classPath::add);
            }
        }
    }

    /// Packages of the JDK that the program may use: for classes that run while the image is built,
    /// and for the image.
    private void takePackages(Attributes attributes, String attribute, String option)
            throws IOException {
        String packages = attributes.getValue(attribute);
        if (packages == null) {
            return;
        }
        for (String name : List.of(packages.strip().split("\\s+"))) {
            String argument = option + name + "=ALL-UNNAMED";
            virtualMachine.add(argument);
            take(List.of(argument), null);
        }
    }

    private int run() throws IOException, InterruptedException {
        Path arguments = Files.createTempFile("native-image", ".args");
        try {
            Files.writeString(arguments, String.join("\0", builder), StandardCharsets.UTF_8);
            var command = new ArrayList<String>();
            command.add(home.resolve("bin/java").toString());
            command.addAll(virtualMachine);
            command.add("@" + home.resolve(Toolchain.JVM_OPTIONS));
            command.add("-imagecp");
            command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(":")));
            command.add("--image-args-file=" + arguments);
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } finally {
            Files.delete(arguments);
        }
    }

    /// The executable looks for them in its own folder; `libjvm.so` is wanted by the others.
    private void putLibrariesBeside(Path executable) throws IOException {
        var needed = new LinkedHashSet<>(List.of("libjvm.so"));
        CCompiler.run(List.of("readelf", "-d", executable.toString()))
                .lines()
                .map(NEEDED::matcher)
                .filter(line -> line.find())
                .forEach(line -> needed.add(line.group(1)));
        for (String library : needed) {
            Path from = home.resolve(Toolchain.IMAGE).resolve(library);
            if (Files.exists(from)) {
                Files.copy(
                        from,
                        executable.resolveSibling(library),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
