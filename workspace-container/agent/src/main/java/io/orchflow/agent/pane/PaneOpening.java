package io.orchflow.agent.pane;

import io.orchflow.agent.tmux.Batch;
import io.orchflow.agent.tmux.TmuxServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Starts a pane's leader in a new window of tmux; its program waits at the gate.
final class PaneOpening {

    private PaneOpening() {}

    /// @param placed called on the reader thread before any output of the pane
    static PaneWindow start(PaneContext context, PaneSpec spec, Consumer<PaneWindow> placed)
            throws IOException {
        writeStart(Program.startPath(context, spec.paneId()), spec);
        String size = spec.size().cols() + "x" + spec.size().rows();
        Batch batch =
                new Batch()
                        .add("set-option", "-t", TmuxServer.SESSION, "default-size", size)
                        .add(newWindow(context, spec));
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
        words.addAll(List.of("/bin/sh", "-c", Program.LEADER));
        words.add(Program.gatePath(context, spec.paneId()).toString());
        words.addAll(spec.argv());
        return words;
    }

    // The environment may hold secrets: it is in no command line that stays, and nothing of tmux's
    // own gets past env -i.
    private static void writeStart(Path file, PaneSpec spec) throws IOException {
        StringBuilder line = new StringBuilder("exec /usr/bin/env -i");
        new TreeMap<>(spec.environment())
                .forEach((name, value) -> line.append(' ').append(quoted(name + "=" + value)));
        line.append(" \"$@\"\n");
        var mine =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(file);
        Files.createFile(file, mine);
        Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
