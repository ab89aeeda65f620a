package io.orchflow.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes a `GRAALVM_HOME`: a copy of the running JDK with the image builder's jars in
/// `lib/svm/builder`, the C parts in `lib/svm/image`, and `bin/native-image`.
///
/// It is written beside its place and moved there when it is whole, so a folder that exists is a
/// folder that works.
public final class Toolchain {
    /// Where the builder's jars are, below the home.
    static final String BUILDER = "lib/svm/builder";

    /// Where the libraries and headers are that images are linked with, below the home.
    static final String IMAGE = "lib/svm/image";

    /// Options of the builder's virtual machine, below the home.
    static final String JVM_OPTIONS = "lib/svm/jvm.options";

    private static final Set<String> NOT_COPIED =
            Set.of("lib/src.zip", "lib/ct.sym", "jmods", "man", "legal");

    private static final String ENTRY =
            "org.graalvm.nativeimage.builder/com.oracle.svm.hosted.NativeImageGeneratorRunner";

    private final Path jars;
    private final Path home;

    private Toolchain(Path jars, Path home) {
        this.jars = jars;
        this.home = home;
    }

    /// Arguments: the folder with this module's jar and the builder's jars, and the folder to make.
    public static void main(String[] args) throws IOException {
        try {
            make(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath());
        } catch (Failure e) {
            System.err.println("orchflow: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void make(Path jars, Path target) throws IOException {
        if (Files.isDirectory(target)) {
            return;
        }
        CCompiler.check();
        Files.createDirectories(target.getParent());
        Path making = Files.createTempDirectory(target.getParent(), ".making-");
        try {
            new Toolchain(jars, making).fill(target);
            Files.move(making, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(making);
        }
    }

    /// Paths that the files hold are those of the place where the folder will be.
    private void fill(Path target) throws IOException {
        copyJdk();
        Path builder = Files.createDirectories(home.resolve(BUILDER));
        try (Stream<Path> all = Files.list(jars)) {
            for (Path jar : all.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, builder.resolve(jar.getFileName()));
            }
        }
        new ImageParts(home, target).write();
        Files.write(home.resolve(JVM_OPTIONS), jvmOptions(target));
        Path command = home.resolve("bin/native-image");
        Files.writeString(
                command,
                """
                #!/bin/sh
                home="$(dirname "$(dirname "$(readlink -f "$0")")")"
                exec "$home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --add-modules=jdk.internal.vm.ci -cp "$home/%s/*" %s "$home" "$@"
                """
                        .formatted(BUILDER, Driver.class.getName()));
        if (!command.toFile().setExecutable(true)) {
            throw new Failure(command + " cannot be made executable");
        }
    }

    private void copyJdk() throws IOException {
        Path jdk = Path.of(System.getProperty("java.home")).toRealPath();
        Files.walkFileTree(
                jdk,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        if (isLeftOut(directory)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Files.createDirectories(home.resolve(jdk.relativize(directory).toString()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (!isLeftOut(file)) {
                            // A link (of the system's certificates, for one) becomes what it
                            // points to.
                            Files.copy(
                                    file,
                                    home.resolve(jdk.relativize(file).toString()),
                                    StandardCopyOption.COPY_ATTRIBUTES);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    private boolean isLeftOut(Path file) {
                        return NOT_COPIED.contains(jdk.relativize(file).toString())
                                || file.toString().endsWith(".jsa");
                    }
                });
    }

    /// The builder is made of modules that use packages which others do not export. Their names are
    /// nowhere in the jars, so every package of the platform is exported to them.
    private List<String> jvmOptions(Path target) {
        Set<ModuleReference> own =
                ModuleFinder.of(home.resolve(BUILDER)).findAll().stream()
                        .filter(module -> module.descriptor().name().contains("graal"))
                        .collect(Collectors.toSet());
        String readers =
                Stream.concat(
                                own.stream().map(module -> module.descriptor().name()),
                                Stream.of("ALL-UNNAMED"))
                        .sorted()
                        .collect(Collectors.joining(","));
        var options =
                new ArrayList<>(
                        List.of(
                                "-XX:+UnlockExperimentalVMOptions",
                                "-XX:+EnableJVMCI",
                                "-XX:-UseJVMCICompiler",
                                "-XX:+UseParallelGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-Xss10m",
                                "-Djava.awt.headless=true",
                                "-Djava.system.class.loader=com.oracle.svm.hosted.NativeImageSystemClassLoader",
                                "-Djdk.internal.lambda.disableEagerInitialization=true",
                                "-Dorg.graalvm.nativeimage.imagecode=buildtime",
                                "-Dorg.graalvm.version=" + Driver.VERSION,
                                "-Dorg.graalvm.vendorversion=" + Driver.VENDOR_VERSION,
                                "-Duser.country=US",
                                "-Duser.language=en",
                                "--add-modules=ALL-DEFAULT",
                                "--enable-native-access=ALL-UNNAMED,org.graalvm.nativeimage.builder,jdk.graal.compiler",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--upgrade-module-path=" + modulePath(own, target, true),
                                "--module-path=" + modulePath(own, target, false)));
        // Those that a program gets by default, and the compiler's interface to the machine.
        Stream.concat(
                        ModuleLayer.boot().modules().stream().map(Module::getDescriptor),
                        ModuleFinder.ofSystem().find("jdk.internal.vm.ci").stream()
                                .map(ModuleReference::descriptor))
                .distinct()
                .forEach(
                        module ->
                                new TreeSet<>(module.packages())
                                        .forEach(
                                                name ->
                                                        options.add(
                                                                "--add-exports="
                                                                        + module.name()
                                                                        + "/"
                                                                        + name
                                                                        + "="
                                                                        + readers)));
        options.add("--module=" + ENTRY);
        return options.stream().map(option -> '"' + option.replace("\\", "\\\\") + '"').toList();
    }

    private String modulePath(Set<ModuleReference> modules, Path target, boolean compiler) {
        return modules.stream()
                .filter(
                        module ->
                                module.descriptor().name().equals("jdk.graal.compiler") == compiler)
                .map(module -> Path.of(module.location().orElseThrow()).getFileName())
                .map(name -> target.resolve(BUILDER).resolve(name).toString())
                .sorted()
                .collect(Collectors.joining(":"));
    }

    private static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            Path[] files = all.toArray(Path[]::new);
            for (Path file : Arrays.asList(files).reversed()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
