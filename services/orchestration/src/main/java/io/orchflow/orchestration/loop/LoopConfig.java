package io.orchflow.orchestration.loop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long our agent goes on.
@ConfigMapping(prefix = "orchflow.loop")
interface LoopConfig {

    /// Answers of the model for one task, or for what people said after it.
    @WithDefault("200")
    int rounds();

    /// Calls in a row that were all made before with the same result.
    @WithDefault("8")
    int repeats();

    /// Calls in a row that could not be understood.
    @WithDefault("8")
    int mistakes();

    /// How often a call of the model that failed is made again.
    @WithDefault("3")
    int retries();

    /// Before the first of them; doubled each time.
    @WithDefault("1s")
    Duration retryPause();

    /// Characters of the conversation; results of tools before that are left out, oldest first.
    @WithDefault("400000")
    int memory();

    default Limits limits() {
        return new Limits(rounds(), repeats(), mistakes(), retries(), retryPause(), memory());
    }
}
