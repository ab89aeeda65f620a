package io.orchflow.orchestration.agent;

import io.orchflow.orchestration.plan.PlannedTask;
import java.util.List;

/// Any program in a pane.
record CommandAdapter() implements Adapter {

    @Override
    public Launch launch(PlannedTask task, String request, List<String> messages) {
        if (task.command().isEmpty()) {
            throw new IllegalArgumentException("task " + task.id() + " has no command");
        }
        var input = Adapter.input(task, request, messages).toString();
        return new Launch(task.command(), input);
    }
}
