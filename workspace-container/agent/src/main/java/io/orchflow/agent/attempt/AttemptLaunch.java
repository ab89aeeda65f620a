package io.orchflow.agent.attempt;

import com.google.protobuf.ByteString;
import io.orchflow.agent.pane.PaneSpec;
import io.orchflow.agent.pane.Principal;
import io.orchflow.agent.pane.Size;
import io.orchflow.agent.sandbox.SandboxSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a caller wants to be started.
///
/// @param environment added to what every attempt gets; never logged
/// @param model whether it gets a way to a model
/// @param earlier a commit of an earlier attempt, on the branch `earlier` of its clone; empty: none
/// @param input readable at `$ORCHFLOW_INPUT`; empty: none
record AttemptLaunch(
        String requestId,
        String swarmId,
        String taskId,
        String agentId,
        String role,
        String title,
        List<String> command,
        Map<String, String> environment,
        boolean model,
        String earlier,
        ByteString input,
        Size size) {

    AttemptLaunch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static final String INPUT = "input.json";
    static final String INBOX = "inbox.jsonl";

    /// The line by which every process of an attempt can be known where there are no namespaces.
    static String mark(String agentId) {
        return "ORCHFLOW_AGENT_ID=" + agentId;
    }

    /// The command's whole environment but for `PATH` and `HOME`, which the sandbox sets.
    ///
    /// @param run where the command finds its input and inbox
    /// @param modelPort where it finds its model; not used without one
    Map<String, String> variables(String workspaceId, String paneId, String run, int modelPort) {
        Map<String, String> all = new HashMap<>(identity(agentId, role));
        all.putAll(environment);
        all.put("TERM", "xterm-256color");
        all.put("COLORTERM", "truecolor");
        all.put("LANG", "C.UTF-8");
        all.putAll(who(agentId, role, swarmId, taskId));
        all.putAll(where(workspaceId, paneId));
        all.put("ORCHFLOW_INBOX", run + "/" + INBOX);
        if (model) {
            all.put("ORCHFLOW_MODEL_ADDRESS", "127.0.0.1:" + modelPort);
        }
        if (!input.isEmpty()) {
            all.put("ORCHFLOW_INPUT", run + "/" + INPUT);
        }
        return all;
    }

    /// What everything that runs for an attempt is told of it.
    static Map<String, String> who(String agentId, String role, String swarmId, String taskId) {
        return Map.of(
                "ORCHFLOW_AGENT_ID", agentId,
                "ORCHFLOW_AGENT_ROLE", role,
                "ORCHFLOW_SWARM_ID", swarmId,
                "ORCHFLOW_TASK_ID", taskId,
                "AGENT_ID", agentId,
                "AGENT_ROLE", role);
    }

    static Map<String, String> where(String workspaceId, String paneId) {
        return Map.of(
                "ORCHFLOW_WORKSPACE_ID", workspaceId,
                "ORCHFLOW_PANE_ID", paneId,
                "SESSION_ID", workspaceId,
                "PANE_ID", paneId);
    }

    /// Who an attempt's commits are by.
    static Map<String, String> identity(String agentId, String role) {
        String name = role.isBlank() ? "agent" : role.replaceAll("[\\p{Cntrl}<>]", " ").strip();
        String address = agentId + "@agents.orchflow";
        return Map.of(
                "GIT_AUTHOR_NAME", name,
                "GIT_AUTHOR_EMAIL", address,
                "GIT_COMMITTER_NAME", name,
                "GIT_COMMITTER_EMAIL", address);
    }

    PaneSpec pane(String paneId, SandboxSpec sandbox, List<String> leader) {
        String shown = title.isBlank() ? role : title;
        return new PaneSpec(
                paneId,
                "attempt:" + requestId,
                new Principal(Principal.Kind.AGENT, agentId, shown),
                agentId,
                swarmId,
                shown,
                size,
                leader,
                Map.of("TERM", "xterm-256color", "LANG", "C.UTF-8"),
                sandbox.workspace());
    }
}
