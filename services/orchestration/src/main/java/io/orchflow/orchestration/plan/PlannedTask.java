package io.orchflow.orchestration.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One task of a plan, as proposed or edited; `PlanRules` says whether it may run.
///
/// @param id unique within its plan
/// @param prompt what the agent is asked, in words; absent where recipe or command say it all
/// @param recipe `<recipeId>/<step>@<digest12>`, for adapter RECIPE only
/// @param command argv, for adapter COMMAND without a program; otherwise empty
/// @param program for adapter COMMAND without a command, and for adapter MODEL
/// @param parameters of the recipe
/// @param dependsOn ids of tasks whose merged commits this one starts from
/// @param allowance frozen at approval, like the checks
public record PlannedTask(
        String id,
        String title,
        String role,
        AdapterKind adapter,
        @Nullable String prompt,
        @Nullable String recipe,
        List<String> command,
        @Nullable Program program,
        Map<String, String> parameters,
        List<String> dependsOn,
        List<AcceptanceCheck> acceptance,
        Allowance allowance) {

    public PlannedTask {
        command = List.copyOf(command);
        parameters = Map.copyOf(parameters);
        dependsOn = List.copyOf(dependsOn);
        acceptance = List.copyOf(acceptance);
    }

    /// What it is held to: a command without a prompt is what a person wants to be run, and claims
    /// nothing; one that was told what to do is an agent.
    public Allowance allowed() {
        return program == null && prompt == null
                ? new Allowance(allowance.mayChange(), true, allowance.review(), allowance.asks())
                : allowance;
    }

    /// With nothing allowed.
    public PlannedTask(
            String id,
            String title,
            String role,
            AdapterKind adapter,
            @Nullable String prompt,
            @Nullable String recipe,
            List<String> command,
            @Nullable Program program,
            Map<String, String> parameters,
            List<String> dependsOn,
            List<AcceptanceCheck> acceptance) {
        this(
                id,
                title,
                role,
                adapter,
                prompt,
                recipe,
                command,
                program,
                parameters,
                dependsOn,
                acceptance,
                Allowance.NONE);
    }
}
