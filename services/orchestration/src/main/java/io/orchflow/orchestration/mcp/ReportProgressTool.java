package io.orchflow.orchestration.mcp;

import io.orchflow.orchestration.activity.Activity;
import io.orchflow.orchestration.activity.ActivityDoor;
import io.orchflow.orchestration.tunnel.AskingAgent;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/// Comes out as activity, at the pace of all activity.
@Singleton
public class ReportProgressTool implements Tool {
    private final ActivityDoor activity;
    private final Clock clock = Clock.systemUTC();

    ReportProgressTool(ActivityDoor activity) {
        this.activity = activity;
    }

    @Override
    public String name() {
        return "report_progress";
    }

    @Override
    public String description() {
        return "Tells the people who watch how far you are. It proves nothing, and nobody answers.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text("text", "One line: what you have done or do now.", 300),
                Parameter.number("percent", "How much of the task is done.", 100).optional());
    }

    @Override
    public String call(Arguments arguments, AskingAgent agent) {
        var percent = arguments.number("percent");
        var text = (percent.isPresent() ? percent.getAsInt() + "% " : "") + arguments.text("text");
        activity.pass(agent.caller(), new Activity("progress", text, clock.instant()));
        return "Shown.";
    }
}
