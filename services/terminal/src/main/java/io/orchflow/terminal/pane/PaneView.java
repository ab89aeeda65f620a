package io.orchflow.terminal.pane;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.orchflow.workspace.v1.Pane;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A pane as clients see it.
@JsonInclude(JsonInclude.Include.NON_NULL)
record PaneView(
        String paneId,
        String title,
        int cols,
        int rows,
        @Nullable @Schema(description = "The live process, as seen on its node.") Integer pid,
        @Schema(enumeration = {"RUNNING", "EXITED"}) String state,
        @Nullable Integer exitCode,
        @Nullable String agentId,
        @Schema(description = "Sequence number of the next output byte.") long seq) {

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
            @Nullable @Schema(maxLength = 200, description = "No control characters.") String title,
            @Nullable @Schema(minimum = "2", maximum = "500") Integer cols,
            @Nullable @Schema(minimum = "1", maximum = "300") Integer rows,
            @Nullable
                    @Schema(
                            minItems = 1,
                            maxItems = 1000,
                            description = "The program, then its arguments; 100,000 characters.")
                    List<@Nullable String> command,
            @Nullable @Schema(maxLength = 4096, description = "Below the workspace's root.")
                    String cwd) {}

    record OpenedView(String paneId, String wsUrl) {}

    record NewTicketView(@Nullable @Schema(enumeration = {"driver", "viewer"}) String role) {}

    record TicketView(String wsUrl) {}
}
