package io.orchflow.terminal.pane;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orchflow.workspace.v1.Pane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pane as clients see it.
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaneView(
        String paneId,
        String title,
        int cols,
        int rows,
        @Nullable Integer pid,
        String state,
        @Nullable Integer exitCode,
        @Nullable String agentId,
        long seq) {

    static PaneView of(Pane pane) {
        var running = pane.getState() == Pane.State.RUNNING;
        return new PaneView(
                pane.getPaneId(),
                pane.getTitle(),
                pane.getCols(),
                pane.getRows(),
                pane.hasPid() ? pane.getPid() : null,
                running ? "RUNNING" : "EXITED",
                pane.hasExitCode() ? pane.getExitCode() : null,
                pane.getAgentId().isEmpty() ? null : pane.getAgentId(),
                pane.getNextSeq());
    }

    /// The body of `POST /api/terminal/pane`; `sessionId` is another name of `workspaceId`.
    record NewPaneView(
            @Nullable String workspaceId,
            @Nullable String sessionId,
            @Nullable OptionsView options) {}

    record OptionsView(
            @Nullable String title,
            @Nullable Integer cols,
            @Nullable Integer rows,
            @Nullable List<@Nullable String> command,
            @Nullable String cwd) {}

    record OpenedView(String paneId, String wsUrl) {}

    record NewTicketView(@Nullable String role) {}

    record TicketView(String wsUrl) {}
}
