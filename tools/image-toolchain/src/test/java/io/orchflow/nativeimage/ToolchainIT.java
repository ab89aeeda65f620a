package io.orchflow.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder as this module makes it, from its packaged jars; that its images work is shown by the
/// tests of every service on its executable.
class ToolchainIT {
    private static final Path JARS = Path.of("target/jars");

    @TempDir private Path folder = Path.of("unset");

    @Test
    void makesACommandThatBuildToolsUnderstand() throws IOException {
        Path home = folder.resolve("home");

        Toolchain.main(new String[] {JARS.toString(), home.toString()});

        String version =
                CCompiler.run(List.of(home.resolve("bin/native-image").toString(), "--version"));
        assertThat(version.lines()).hasSize(3).first().asString().startsWith("native-image 25.");
        assertThat(Files.readString(home.resolve("lib/svm/image/libjava.a")))
                .isEqualTo("INPUT(\"" + home + "/lib/svm/image/libjava.so\")\n");
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(home));
    }

    @Test
    void theStubOfTheVirtualMachineHasAllThatTheLibrariesWant() throws IOException {
        Path home = folder.resolve("home");
        Toolchain.main(new String[] {JARS.toString(), home.toString()});
        Path image = home.resolve("lib/svm/image");

        for (String library : List.of("java", "net", "nio", "zip", "management_ext")) {
            String unresolved =
                    CCompiler.run(
                            List.of(
                                    "ldd",
                                    "-r",
                                    image.resolve("lib" + library + ".so").toString()));
            assertThat(unresolved).doesNotContain("undefined symbol", "not found");
        }
    }
}
