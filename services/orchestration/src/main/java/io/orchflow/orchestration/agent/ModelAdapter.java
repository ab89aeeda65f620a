package io.orchflow.orchestration.agent;

import io.orchflow.orchestration.plan.PlannedTask;
import java.util.List;
import java.util.Map;

/// The agent of ours: in the pane runs what acts for it, and the conversation with its model is
/// held here.
record ModelAdapter() implements Adapter {

    @Override
    public Launch launch(PlannedTask task, Briefing briefing) {
        var model = briefing.model();
        if (model == null) {
            throw new IllegalArgumentException("task " + task.id() + " has no model");
        }
        var choice = model.choice();
        var input = Adapter.input(task, briefing);
        input.put("prompt", Prompt.of(task, briefing));
        input.putObject("model")
                .put("name", choice.model().name())
                .put("wire", choice.wire().word())
                .put("maxOutput", choice.model().maxOutput());
        return new Launch(
                List.of("orchflow-model"),
                input.toString(),
                Map.of(ProgramAdapter.TOKEN, model.token()),
                true);
    }
}
