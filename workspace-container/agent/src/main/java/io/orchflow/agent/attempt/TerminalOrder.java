package io.orchflow.agent.attempt;

import io.orchflow.agent.pane.Size;
import java.util.List;
import java.util.Map;

/// A further pane that an attempt wants.
///
/// @param requestId a second order with the same one finds the first one's terminal
/// @param directory where the command starts, as the sandbox has it; empty: the clone
/// @param environment added to what every attempt gets; never logged
record TerminalOrder(
        String requestId,
        String title,
        List<String> command,
        String directory,
        Map<String, String> environment,
        Size size) {

    TerminalOrder {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
