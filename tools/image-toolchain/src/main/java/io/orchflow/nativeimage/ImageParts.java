package io.orchflow.nativeimage;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The libraries and headers that an image is linked with.
///
/// GraalVM links the JDK's libraries in as archives, which a plain JDK does not have. Here an
/// archive of that name is a linker script that stands for the shared library; the image then needs
/// the libraries beside it (see `Driver`), and a `libjvm.so` that has the few functions of the
/// virtual machine that they use.
final class ImageParts {
    /// Names of symbols that the JDK's libraries take from `libjvm.so`.
    private static final String JVM_SYMBOL = "(JVM|jio)_[A-Za-z0-9_]+";

    private final Path home;
    private final Path image;
    private final Path imageThere;
    private final Path work;

    /// The folder to write to, and the folder that it will be.
    ImageParts(Path home, Path target) throws IOException {
        this.home = home;
        image = Files.createDirectories(home.resolve(Toolchain.IMAGE));
        imageThere = target.resolve(Toolchain.IMAGE);
        work = Files.createDirectories(image.resolve("c"));
    }

    void write() throws IOException {
        for (String source : List.of("helper.c", "container.c", "jvm.c", "reporter.c")) {
            copySource(source, work.resolve(source));
        }
        Path headers = Files.createDirectories(image.resolve("include"));
        copySource("svm_locale.h", headers.resolve("svm_locale.h"));
        for (String processor : List.of("amd64:AMD64", "aarch64:AArch64", "riscv64:RISCV64")) {
            String folder = processor.substring(0, processor.indexOf(':'));
            String prefix = processor.substring(processor.indexOf(':') + 1);
            Files.writeString(
                    headers.resolve(folder + "cpufeatures.h"),
                    featuresHeader("com.oracle.svm.core." + folder + "." + prefix));
        }
        archive("helper.c", "liblibchelper.a");
        archive("container.c", "libsvm_container.a");
        copyJdkLibraries();
        makeVirtualMachine();
        Path libraries = Files.createDirectories(home.resolve("lib/svm/builder/lib"));
        compile(
                "reporter.c",
                "-shared",
                "-o",
                libraries.resolve("libreporterchelper.so").toString());
    }

    private static void copySource(String name, Path to) throws IOException {
        try (var source = ImageParts.class.getResourceAsStream("/c/" + name)) {
            if (source == null) {
                throw new Failure("this jar lacks c/" + name);
            }
            Files.copy(source, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// A structure with one byte for each feature that the builder's interface names.
    private static String featuresHeader(String prefix) {
        try {
            Class<?> features =
                    Class.forName(
                            prefix + "LibCHelper$CPUFeatures",
                            false,
                            ImageParts.class.getClassLoader());
            return Stream.of(features.getDeclaredMethods())
                    .map(Method::getName)
                    .sorted()
                    .map(name -> "  unsigned char " + name + ";\n")
                    .collect(
                            Collectors.joining(
                                    "", "#pragma once\ntypedef struct {\n", "} CPUFeatures;\n"));
        } catch (ClassNotFoundException e) {
            throw new Failure("the builder's jars lack " + e.getMessage());
        }
    }

    private void compile(String source, String... options) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                "gcc",
                                "-std=gnu11",
                                "-O2",
                                "-fPIC",
                                "-Wall",
                                "-Wextra",
                                "-Werror"));
        command.add("-I" + image.resolve("include"));
        command.add(work.resolve(source).toString());
        command.addAll(Arrays.asList(options));
        CCompiler.run(command);
    }

    private void archive(String source, String name) throws IOException {
        String object = work.resolve(source + ".o").toString();
        compile(source, "-c", "-o", object);
        CCompiler.run(List.of("ar", "rcs", image.resolve(name).toString(), object));
    }

    private void copyJdkLibraries() throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("lib"))) {
            for (Path library : all.filter(file -> file.toString().endsWith(".so")).toList()) {
                Path name = library.getFileName();
                Files.copy(library, image.resolve(name));
                Files.writeString(
                        image.resolve(name.toString().replace(".so", ".a")),
                        "INPUT(\"" + imageThere.resolve(name) + "\")\n");
            }
        }
    }

    /// Functions that `jvm.c` does not have end the program with their name.
    private void makeVirtualMachine() throws IOException {
        String object = work.resolve("jvm.o").toString();
        compile("jvm.c", "-c", "-o", object);
        Set<String> missing = new TreeSet<>();
        try (Stream<Path> all = Files.list(image)) {
            for (Path library : all.filter(file -> file.toString().endsWith(".so")).toList()) {
                missing.addAll(
                        symbols(List.of("nm", "-D", "--undefined-only", library.toString())));
            }
        }
        missing.removeAll(symbols(List.of("nm", "--defined-only", object)));
        String stubs =
                missing.stream()
                        .map(
                                name ->
                                        "void "
                                                + name
                                                + "(void) { orchflow_no_such_function(\""
                                                + name
                                                + "\"); }\n")
                        .collect(
                                Collectors.joining(
                                        "", "void orchflow_no_such_function(const char *);\n", ""));
        Files.writeString(work.resolve("stubs.c"), stubs);
        Files.writeString(
                work.resolve("jvm.version"),
                "SUNWprivate_1.1 { global: JVM_*; jio_*; initialize; };\n");
        compile(
                "stubs.c",
                object,
                "-shared",
                "-Wl,-soname,libjvm.so",
                "-Wl,--version-script=" + work.resolve("jvm.version"),
                "-o",
                image.resolve("libjvm.so").toString());
        Files.writeString(
                image.resolve("libjvm.a"), "INPUT(\"" + imageThere.resolve("libjvm.so") + "\")\n");
    }

    private static Set<String> symbols(List<String> command) throws IOException {
        return CCompiler.run(command)
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1).replaceAll("@.*", ""))
                .filter(name -> name.matches(JVM_SYMBOL))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
