package io.orchflow.orchestration.loop;

import java.time.Duration;

/// Where our agent is ended, whatever its model does.
///
/// @param rounds answers of the model for one task, or for what people said after it
/// @param repeats calls in a row that were all made before with the same result
/// @param mistakes calls in a row that could not be understood
/// @param retries how often a call of the model that failed is made again
/// @param retryPause before the first of them; doubled each time
/// @param memory characters of the conversation
record Limits(int rounds, int repeats, int mistakes, int retries, Duration retryPause, int memory) {

    Limits {
        if (rounds < 1 || repeats < 1 || mistakes < 1 || retries < 0 || memory < 1_000) {
            throw new IllegalArgumentException(
                    "orchflow.loop: rounds, repeats and mistakes are at least 1, memory 1000");
        }
    }
}
