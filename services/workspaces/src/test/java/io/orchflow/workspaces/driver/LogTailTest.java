package io.orchflow.workspaces.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir Path folder;

    @Test
    void theFirstCauseIsWhatPeopleAreTold() throws IOException {
        var log =
                Files.writeString(
                        folder.resolve("agent.log"),
                        """
                        INFO starts
                        ERROR [io.qu.ru.Application] Failed to start quarkus
                        java.lang.RuntimeException: Failed to start quarkus
                        \tat io.quarkus.runtime.Application.start(Application.java:107)
                        Caused by: java.io.IOException: the repository cannot be cloned
                        \tat io.orchflow.agent.repository.Clones.create(Clones.java:12)
                        """);

        assertThat(LogTail.lastError(log)).contains("the repository cannot be cloned");
    }

    @Test
    void aLogWithoutErrorsTellsNothing() throws IOException {
        var log = Files.writeString(folder.resolve("agent.log"), "INFO starts\nINFO stops\n");

        assertThat(LogTail.lastError(log)).isEmpty();
        assertThat(LogTail.lastError(folder.resolve("none"))).isEmpty();
    }
}
