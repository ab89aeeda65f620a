package io.orchflow.terminal.journal;

import io.orchflow.terminal.pane.WorkspaceStates;
import io.orchflow.workspace.client.WorkspaceUnreachable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Sees to it that the journal of every workspace with an agent is copied by one replica.
@ApplicationScoped
class Journals {

    private static final Logger LOG = Logger.getLogger(Journals.class);
    private static final long TICK_MILLIS = 250;
    private static final long PATIENCE_SECONDS = 5;

    private final JournalIngester ingester;
    private final JournalRepository repository;
    private final WorkspaceStates states;
    private final Path endpoints;
    private final Map<String, Thread> followed = new ConcurrentHashMap<>();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    Journals(
            JournalIngester ingester,
            JournalRepository repository,
            WorkspaceStates states,
            @ConfigProperty(name = "orchflow.terminal.runtime-dir") Path runtime) {
        this.ingester = ingester;
        this.repository = repository;
        this.states = states;
        this.endpoints = runtime.resolve("ws");
    }

    void begin(@Observes StartupEvent event) {
        Thread.ofVirtual().name("journals").start(this::run);
    }

    void end(@Observes ShutdownEvent event) throws InterruptedException {
        closing.countDown();
        for (var thread : List.copyOf(followed.values())) {
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        }
    }

    private void run() {
        try {
            while (!closing.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                announced().forEach(this::follow);
                forgetDeleted();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(String workspaceId) {
        followed.computeIfAbsent(
                workspaceId,
                id -> Thread.ofVirtual().name("journal-" + id).start(() -> ingest(id)));
    }

    private void ingest(String workspaceId) {
        try {
            ingester.ingest(workspaceId, () -> closing.getCount() == 0);
            closing.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (WorkspaceUnreachable | RuntimeException e) {
            LOG.debugf(e, "Journal not followed workspaceId=%s", workspaceId);
            pause();
        } finally {
            followed.remove(workspaceId);
        }
    }

    private void pause() {
        try {
            closing.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The workspaces whose agents have announced themselves.
    private List<String> announced() {
        try (var folders = Files.newDirectoryStream(endpoints)) {
            var found = new ArrayList<String>();
            for (var folder : folders) {
                if (Files.exists(folder.resolve("endpoint.json"))) {
                    found.add(folder.getFileName().toString());
                }
            }
            return found;
        } catch (IOException _) {
            return List.of();
        }
    }

    private void forgetDeleted() {
        for (var workspaceId : states.deleted()) {
            if (forgotten.add(workspaceId)) {
                try {
                    repository.forget(workspaceId);
                } catch (RuntimeException e) {
                    forgotten.remove(workspaceId);
                    LOG.warnf(e, "Panes not forgotten workspaceId=%s", workspaceId);
                }
            }
        }
    }
}
