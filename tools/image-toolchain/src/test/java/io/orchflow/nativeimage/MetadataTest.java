package io.orchflow.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTest {
    private static final String FOLDER = "META-INF/native-image/org.example/lib/";

    @TempDir private Path folder = Path.of("unset");

    @Test
    void readsArgumentsAndConfigurationsOfAJar() throws IOException {
        Path jar =
                jar(
                        "native-image.properties",
                        "Args = --initialize-at-run-time=a.B \\\n  -H:ResourceConfigurationResources=${.}/more.json\n",
                        "reflect-config.json",
                        "[]");

        var all = Metadata.of(jar, (_, _) -> false);

        assertThat(all).hasSize(2);
        assertThat(all.get(0).arguments())
                .containsExactly(
                        "--initialize-at-run-time=a.B",
                        "-H:ResourceConfigurationResources=" + FOLDER + "more.json");
        assertThat(all.get(0).origin())
                .isEqualTo("jar:" + jar.toUri() + "!/" + FOLDER + "native-image.properties");
        assertThat(all.get(1).configurations())
                .containsExactly(
                        "-H:ReflectionConfigurationResources=" + FOLDER + "reflect-config.json");
    }

    @Test
    void leavesOutWhatIsExcluded() throws IOException {
        Path jar = jar("reachability-metadata.json", "{}", "proxy-config.json", "[]");

        var all = Metadata.of(jar, (from, name) -> from.equals(jar) && name.contains("proxy"));

        assertThat(all)
                .singleElement()
                .extracting(Metadata::configurations)
                .asString()
                .contains("ReachabilityMetadataResources");
    }

    @Test
    void aFolderIsReadLikeAJarAndWhatIsMissingIsEmpty() throws IOException {
        Files.createDirectories(folder.resolve(FOLDER));
        Files.writeString(folder.resolve(FOLDER + "jni-config.json"), "[]");

        assertThat(Metadata.of(folder, (_, _) -> false)).hasSize(1);
        assertThat(Metadata.of(folder.resolve("no.jar"), (_, _) -> false)).isEmpty();
    }

    private Path jar(String... namesAndTexts) throws IOException {
        Path jar = folder.resolve("lib.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                out.putNextEntry(new ZipEntry(FOLDER + namesAndTexts[i]));
                out.write(namesAndTexts[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
