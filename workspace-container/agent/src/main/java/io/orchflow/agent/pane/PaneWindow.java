package io.orchflow.agent.pane;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pane as tmux lists it.
///
/// @param name our pane id (the window's name)
/// @param pane tmux's number of the pane, `%n`
/// @param window tmux's number of the window, `@n`
/// @param pid of the pane's leader
/// @param exitCode null while unknown
/// @param opened false while the opening is not written down: its program has not begun
record PaneWindow(
        String name,
        int pane,
        int window,
        int pid,
        boolean dead,
        @Nullable Integer exitCode,
        @Nullable Size size,
        boolean opened) {

    static final String FORMAT =
            String.join(
                    "|",
                    List.of(
                            "#{window_name}",
                            "#{pane_id}",
                            "#{window_id}",
                            "#{pane_pid}",
                            "#{pane_dead}",
                            "#{pane_dead_status}",
                            "#{pane_dead_signal}",
                            "#{pane_width}",
                            "#{pane_height}",
                            "#{@orchflow_pane}"));

    static PaneWindow parse(String line) {
        String[] f = line.split("\\|", -1);
        return new PaneWindow(
                f[0],
                Integer.parseInt(f[1].substring(1)),
                Integer.parseInt(f[2].substring(1)),
                Integer.parseInt(f[3]),
                f[4].equals("1"),
                exitCode(f[5], f[6]),
                new Size(Integer.parseInt(f[7]), Integer.parseInt(f[8])),
                !f[9].isEmpty());
    }

    private static @Nullable Integer exitCode(String status, String signal) {
        if (!signal.isEmpty()) {
            return 128 + Integer.parseInt(signal);
        }
        return status.isEmpty() ? null : Integer.valueOf(status);
    }
}
