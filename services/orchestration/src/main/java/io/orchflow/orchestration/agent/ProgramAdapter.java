package io.orchflow.orchestration.agent;

import io.orchflow.orchestration.plan.PlannedTask;
import java.util.List;
import java.util.Map;

/// An agent program by its profile, run by the workspace's own runner: what it is told is one
/// prompt, and the only way out of its sandbox leads to its model.
record ProgramAdapter() implements Adapter {
    static final String TOKEN = "ORCHFLOW_MODEL_TOKEN";
    private static final String PERMISSIONS = "ORCHFLOW_PERMISSIONS";

    @Override
    public Launch launch(PlannedTask task, Briefing briefing) {
        var program = task.program();
        if (program == null || program.profile() == null) {
            throw new IllegalArgumentException("task " + task.id() + " has no agent program");
        }
        var input = Adapter.input(task, briefing);
        input.put("prompt", Prompt.of(task, briefing));
        var model = briefing.model();
        var command = List.of("orchflow-program", program.profile());
        if (model == null) {
            return Launch.plain(command, input.toString());
        }
        input.putObject("model")
                .put("name", model.choice().model().name())
                .put("wire", model.choice().wire().word());
        var environment =
                task.allowance().asks()
                        ? Map.of(TOKEN, model.token(), PERMISSIONS, "ask")
                        : Map.of(TOKEN, model.token());
        return new Launch(command, input.toString(), environment, true);
    }
}
