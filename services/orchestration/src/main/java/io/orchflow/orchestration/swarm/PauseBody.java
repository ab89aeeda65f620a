package io.orchflow.orchestration.swarm;

import io.orchflow.problem.Validation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How a person wants a swarm to pause.
public record PauseBody(
        @Nullable
                @Schema(
                        enumeration = {"hold", "interrupt", "freeze", "hibernate"},
                        description =
                                "Absent: `freeze`. `hold`: nothing new begins, what is at work ends. `interrupt`: programs get Ctrl-C and ten seconds to end; what has ended goes on as a new attempt with what it had done, what has not is frozen. `freeze`: every process stops where it is. `hibernate`: every process ends; each agent goes on as a new attempt with what it had done.")
                String level) {

    /// @throws io.orchflow.problem.ProblemException 400
    static PauseLevel levelOf(@Nullable PauseBody body) {
        if (body == null || body.level() == null) {
            return PauseLevel.FREEZE;
        }
        var level = PauseLevel.of(body.level());
        new Validation()
                .check(
                        level.isPresent(),
                        "level",
                        "unknown",
                        "The level is hold, interrupt, freeze or hibernate, not "
                                + body.level()
                                + ".")
                .throwIfAny();
        return level.orElseThrow();
    }
}
