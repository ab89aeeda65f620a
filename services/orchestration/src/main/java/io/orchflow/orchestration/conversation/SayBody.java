package io.orchflow.orchestration.conversation;

import io.orchflow.problem.Validation;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a person says in a conversation.
record SayBody(
        @Nullable @Schema(required = true, maxLength = SayBody.LONGEST) String text,
        @Nullable
                @Schema(
                        enumeration = {"local", "llm"},
                        description =
                                "Who plans. Absent, or `llm`: a model of the team where it has one, else the local planner.")
                String planner) {

    static final int LONGEST = 20_000;

    /// The text.
    ///
    /// @throws io.orchflow.problem.ProblemException 400
    String required() {
        new Validation()
                .text(text, "text", LONGEST)
                .check(
                        planner == null || planner.equals("local") || planner.equals("llm"),
                        "planner",
                        "unknown",
                        "The planner is local or llm, not " + planner + ".")
                .throwIfAny();
        return Objects.requireNonNull(text);
    }

    boolean local() {
        return "local".equals(planner);
    }
}
