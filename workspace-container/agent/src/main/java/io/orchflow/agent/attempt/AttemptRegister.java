package io.orchflow.agent.attempt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// All attempts, in memory and on the disk, and who wants to hear of their changes.
final class AttemptRegister {

    private final JsonFolder files;
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();
    private final List<Consumer<Attempt>> watchers = new ArrayList<>();

    AttemptRegister(JsonFolder files) throws IOException {
        this.files = files;
        files.readAll(Attempt.class).forEach(attempt -> attempts.put(attempt.agentId(), attempt));
    }

    synchronized Optional<Attempt> find(String agentId) {
        return Optional.ofNullable(attempts.get(agentId));
    }

    synchronized Collection<Attempt> all() {
        return List.copyOf(attempts.values());
    }

    /// On return the attempt is on the disk, and every watcher was told.
    synchronized Attempt put(Attempt attempt) throws IOException {
        files.write(attempt.agentId(), attempt);
        attempts.put(attempt.agentId(), attempt);
        List.copyOf(watchers).forEach(watcher -> watcher.accept(attempt));
        return attempt;
    }

    synchronized void forget(String agentId) throws IOException {
        files.delete(agentId);
        attempts.remove(agentId);
    }

    /// Tells of every attempt there is, then of each change. The watcher must not block.
    synchronized void watch(Consumer<Attempt> watcher) {
        attempts.values().forEach(watcher);
        watchers.add(watcher);
    }

    synchronized void unwatch(Consumer<Attempt> watcher) {
        watchers.remove(watcher);
    }
}
