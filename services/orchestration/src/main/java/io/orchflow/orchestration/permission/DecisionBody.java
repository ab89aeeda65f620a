package io.orchflow.orchestration.permission;

import io.orchflow.problem.Validation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A person's answer.
record DecisionBody(
        @Nullable
                @Schema(
                        required = true,
                        enumeration = {"allow", "deny"})
                String decision,
        @Nullable @Schema(required = true, description = "Of what the person was shown.")
                String digest) {

    /// @throws io.orchflow.problem.ProblemException 400
    void check() {
        new Validation()
                .check(
                        "allow".equals(decision) || "deny".equals(decision),
                        "decision",
                        "unknown",
                        "The decision is allow or deny.")
                .text(digest, "digest", 64)
                .throwIfAny();
    }

    boolean allows() {
        return "allow".equals(decision);
    }
}
