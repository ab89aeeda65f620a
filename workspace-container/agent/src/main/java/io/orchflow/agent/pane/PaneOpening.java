package io.orchflow.agent.pane;

import io.orchflow.agent.tmux.Batch;
import io.orchflow.agent.tmux.TmuxServer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Starts a pane's program in a new window of tmux, waiting at its gate.
final class PaneOpening {

    // The program's own argv follows "$0", the gate. Nothing of tmux's environment gets past env
    // -i.
    private static final String WAIT = "read -r go <\"$0\"; exec \"$@\"";

    private PaneOpening() {}

    /// @param placed called on the reader thread before any output of the pane
    static PaneWindow start(PaneContext context, PaneSpec spec, Consumer<PaneWindow> placed) {
        Size size = spec.size();
        Batch batch =
                new Batch()
                        .add(
                                "set-option",
                                "-t",
                                TmuxServer.SESSION,
                                "default-size",
                                size.cols() + "x" + size.rows())
                        .add(newWindow(context, spec))
                        .add(
                                "set-option",
                                "-p",
                                "-t",
                                "=" + TmuxServer.SESSION + ":=" + spec.paneId(),
                                "@orchflow_pane",
                                spec.paneId());
        return context.client()
                .get()
                .run(
                        batch,
                        replies -> {
                            PaneWindow window = PaneWindow.parse(replies.get(1).first());
                            placed.accept(window);
                            return window;
                        });
    }

    private static List<String> newWindow(PaneContext context, PaneSpec spec) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("new-window", "-d", "-P", "-F", PaneWindow.FORMAT));
        words.addAll(List.of("-t", TmuxServer.SESSION + ":", "-n", spec.paneId()));
        words.addAll(List.of("-c", spec.cwd().toString(), "--"));
        words.addAll(List.of("/bin/sh", "-c", WAIT));
        words.add(Program.gatePath(context, spec.paneId()).toString());
        words.addAll(List.of("/usr/bin/env", "-i"));
        new TreeMap<>(spec.environment()).forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(spec.argv());
        return words;
    }
}
