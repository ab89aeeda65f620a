package io.orchflow.orchestration.message;

import io.orchflow.problem.Validation;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a person says: to a conversation, to a swarm or to an agent.
public record MessageBody(
        @Nullable @Schema(required = true, maxLength = MessageBody.LONGEST) String text) {

    static final int LONGEST = 20_000;

    /// @throws io.orchflow.problem.ProblemException 400 where it is missing or too long
    public String required() {
        new Validation().text(text, "text", LONGEST).throwIfAny();
        return Objects.requireNonNull(text);
    }
}
