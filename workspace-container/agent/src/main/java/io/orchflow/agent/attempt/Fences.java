package io.orchflow.agent.attempt;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.orchflow.agent.repository.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// The highest lease epoch seen for each swarm: a caller with a lower one has lost its lease and is
/// refused, also after a restart of the agent.
final class Fences {

    private static final String FILE = "fences";

    private final JsonFolder files;
    private final Map<String, Long> epochs;

    /// The file's content.
    @RegisterForReflection
    record Seen(@JsonProperty Map<String, Long> epochs) {}

    Fences(JsonFolder files) throws IOException {
        this.files = files;
        this.epochs =
                new TreeMap<>(files.read(FILE, Seen.class).map(Seen::epochs).orElse(Map.of()));
    }

    /// @throws Refusal when a higher epoch was seen
    synchronized void admit(String swarmId, long epoch) throws IOException {
        long highest = epochs.getOrDefault(swarmId, Long.MIN_VALUE);
        if (epoch < highest) {
            throw new Refusal(
                    Refusal.Reason.STALE_LEASE,
                    "lease epoch "
                            + epoch
                            + " of swarm "
                            + swarmId
                            + " is over: "
                            + highest
                            + " was seen");
        }
        if (epoch > highest) {
            epochs.put(swarmId, epoch);
            files.write(FILE, new Seen(Map.copyOf(epochs)));
        }
    }
}
