package io.orchflow.orchestration.agent;

import io.orchflow.orchestration.plan.PlannedTask;

/// Any program in a pane.
record CommandAdapter() implements Adapter {

    @Override
    public Launch launch(PlannedTask task, Briefing briefing) {
        if (task.command().isEmpty()) {
            throw new IllegalArgumentException("task " + task.id() + " has no command");
        }
        return Launch.plain(task.command(), Adapter.input(task, briefing).toString());
    }
}
