package io.orchflow.nativeimage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The C compiler and linker of the machine.
final class CCompiler {
    private CCompiler() {}

    /// Ends with a failure that says what to install.
    static void check() throws IOException {
        if (!runs(List.of("gcc", "--version")) || !runs(List.of("nm", "--version"))) {
            throw new Failure(
                    "gcc is missing: native images are linked with it; install it, for example"
                            + " with 'apt install gcc libc6-dev zlib1g-dev'");
        }
        Path program = Files.createTempFile("orchflow", ".c");
        try {
            Files.writeString(
                    program, "#include <zlib.h>\nint main(void) { return !zlibVersion(); }\n");
            if (!runs(List.of("gcc", "-o", "/dev/null", program.toString(), "-lz"))) {
                throw new Failure(
                        "gcc finds no zlib (or no C library) to compile with: install them, for"
                                + " example with 'apt install libc6-dev zlib1g-dev'");
            }
        } finally {
            Files.delete(program);
        }
    }

    private static boolean runs(List<String> command) throws IOException {
        try {
            run(command);
            return true;
        } catch (Failure e) {
            return false;
        }
    }

    /// What a command prints; fails with it where the command does.
    static String run(List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new Failure(command.getFirst() + " cannot be run: " + e.getMessage());
        }
        try (var output = process.getInputStream()) {
            process.getOutputStream().close();
            String printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new Failure(String.join(" ", command) + " failed: " + printed.strip());
            }
            return printed;
        } catch (InterruptedException e) {
            process.destroy();
            throw new InterruptedIOException();
        }
    }
}
