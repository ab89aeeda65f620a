package io.orchflow.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostToolsTest {

    @TempDir private Path place = Path.of("unset");

    private Path program(String path) throws IOException {
        Path file = place.resolve(path);
        Files.createDirectories(file.resolve("..").normalize());
        Files.writeString(file, "#!/bin/sh\n");
        file.toFile().setExecutable(true);
        return file;
    }

    private static Path link(Path link, Path target) throws IOException {
        Files.createDirectories(link.resolve("..").normalize());
        return Files.createSymbolicLink(link, target);
    }

    private HostTools find(String directory, String... agents) {
        return HostTools.find(place.resolve(directory) + ":/usr/bin:/bin", List.of(agents));
    }

    @Test
    void aProgramOfNpmIsShownWithItsModules() throws IOException {
        Path script = program("app/node_modules/@maker/agent/bin/agent.js");
        Files.createDirectories(place.resolve("app/node_modules/@maker/agent/lib"));
        link(place.resolve("app/node_modules/.bin/agent"), script);

        HostTools tools = find("app/node_modules/.bin", "agent", "not-there");

        assertEquals(List.of(place.resolve("app/node_modules").toString()), tools.prefixes());
        assertEquals(List.of(), tools.programs());
    }

    @Test
    void aProgramOfAnInstallationIsShownWithAllOfIt() throws IOException {
        program("node/bin/agent");
        Files.createDirectories(place.resolve("node/lib"));

        assertEquals(
                List.of(place.resolve("node").toString()), find("node/bin", "agent").prefixes());
    }

    @Test
    void aSingleFileIsShownAlone() throws IOException {
        Path file = program("share/agent/versions/2.1");
        link(place.resolve("bin/agent"), file);

        HostTools tools = find("bin", "agent");

        assertEquals(List.of(), tools.prefixes());
        assertEquals(List.of("agent=" + place.resolve("bin/agent")), tools.programs());
    }

    @Test
    void whatIsBelowUsrIsThereAnyway() {
        HostTools tools = find("nowhere", "sh", "env");

        assertEquals(List.of(), tools.prefixes());
        assertEquals(List.of(), tools.programs());
    }
}
