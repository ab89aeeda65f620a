package io.orchflow.orchestration.approval;

import io.orchflow.orchestration.model.BudgetBody;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a person may say with a yes.
public record ApprovalBody(
        @Nullable
                @Schema(
                        description =
                                "What its agents may spend at models; the team's and the person's budgets hold besides.")
                BudgetBody budget) {}
