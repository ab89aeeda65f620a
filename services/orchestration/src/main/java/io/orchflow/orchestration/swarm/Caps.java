package io.orchflow.orchestration.swarm;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a swarm may use besides models; what is absent is not limited. They hold for every kind of
/// agent, also for one that has its own way to a model.
///
/// @param minutes of time RUNNING, pauses left out
/// @param agents attempts that may begin, over all tasks
public record Caps(@Nullable Long minutes, @Nullable Long agents) {
    public static final Caps NONE = new Caps(null, null);

    /// Which limit keeps the swarm from going on, in words for people.
    public Optional<String> timeIsUp(Swarm swarm, Instant now) {
        return minutes != null && swarm.elapsed(now).compareTo(Duration.ofMinutes(minutes)) >= 0
                ? Optional.of(reached(minutes, "minute"))
                : Optional.empty();
    }

    /// Which limit keeps it from beginning one more attempt, in words for people.
    public Optional<String> noMoreAgents(Swarm swarm) {
        return agents != null && swarm.agents().size() >= agents
                ? Optional.of(reached(agents, "agent"))
                : Optional.empty();
    }

    private static String reached(long limit, String unit) {
        return String.format(
                Locale.ROOT,
                "the budget of %,d %s for this swarm is used up",
                limit,
                limit == 1 ? unit : unit + "s");
    }
}
