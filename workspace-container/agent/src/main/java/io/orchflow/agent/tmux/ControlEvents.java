package io.orchflow.agent.tmux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a control-mode stream says. All calls come from the one thread that feeds the decoder and
/// must not block.
interface ControlEvents {

    /// Bytes that a pane's program put out, exactly. The array is the decoder's: copy what is kept.
    void output(int pane, byte[] buffer, int length);

    /// tmux has stopped sending this pane's output: what it had not sent yet is gone.
    void paused(int pane);

    /// The line that the command after the one now being answered prints; null where the reply ends
    /// at its guard line. A reply with such a closing may hold anything, guard lines included: it
    /// ends right before the closing's block.
    byte @Nullable [] closing();

    /// The reply to the oldest unanswered command of ours.
    void reply(List<byte[]> lines, boolean failed);

    /// Any other notification, or a line that a hook of ours printed, without its line end.
    void notice(String line);
}
