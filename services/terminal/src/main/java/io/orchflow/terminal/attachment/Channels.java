package io.orchflow.terminal.attachment;

import io.orchflow.problem.Problem;
import io.orchflow.problem.Problems;
import io.orchflow.terminal.ticket.PaneRole;
import io.orchflow.terminal.ticket.WorkspaceTicket;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Several panes of one workspace on one socket: each channel is an [Attachment] of its own, and
/// ends by itself; a client, a session or a workspace that goes ends all.
final class Channels implements Viewing {

    /// Channels a socket.
    static final int MOST = 64;

    /// Bytes of input that may wait for the agent. Beyond them the client is not read, so that its
    /// other channels wait, too: enough for a large paste.
    static final int MOST_WAITING = 4 << 20;

    private static final Logger LOG = Logger.getLogger(Channels.class);

    private final WorkspaceTicket ticket;
    private final Outlet outlet;
    private final Consumer<Attachment> agent;
    private final Flow flow;
    private final Map<Integer, Attachment> open = new ConcurrentHashMap<>();
    private boolean ended;
    private volatile boolean demoted;

    /// @param agent joins an attachment to its pane, or ends it; returns at once
    Channels(WorkspaceTicket ticket, Outlet outlet, Consumer<Attachment> agent) {
        this.ticket = ticket;
        this.outlet = outlet;
        this.agent = agent;
        this.flow = new Flow(outlet::reading, MOST_WAITING);
    }

    @Override
    public void input(Buffer bytes) {
        if (bytes.length() < Frames.CHANNEL_BYTES) {
            refuse(bad("message", "short", "A binary message begins with 4 bytes of channel."));
            return;
        }
        var channel = bytes.getInt(0);
        var attachment = open.get(channel);
        if (attachment == null) {
            refuse(channel, unknown(channel));
        } else {
            attachment.input(bytes.slice(Frames.CHANNEL_BYTES, bytes.length()));
        }
    }

    @Override
    public void message(String text) {
        if (text.length() > Attachment.LONGEST_MESSAGE) {
            refuse(Attachment.tooLarge(text.length()));
            return;
        }
        switch (ChannelMessage.parse(text)) {
            case ChannelMessage.Open request -> open(request);
            case ChannelMessage.Close(var channel) -> close(channel);
            case ChannelMessage.Said(var channel, var message) -> said(channel, message);
            case ChannelMessage.Ping(var id) -> outlet.text(Frames.pong(id).encode());
            case ChannelMessage.Unknown(var channel, var why) -> {
                var problem = bad("message", "unknown", why);
                channel.ifPresentOrElse(c -> refuse(c, problem), () -> refuse(problem));
            }
        }
    }

    @Override
    public void end(Closing closing) {
        if (leave()) {
            outlet.close(closing);
        }
    }

    @Override
    public void left() {
        leave();
    }

    @Override
    public void demote() {
        demoted = true;
        open.values().forEach(Attachment::demote);
    }

    @Override
    public void restore() {
        demoted = false;
        open.values().forEach(Attachment::restore);
    }

    /// A socket that takes nothing is stuck as a whole; input may be stuck at one pane.
    @Override
    public void endStuck(Duration patience) {
        if (open.values().stream().anyMatch(a -> a.outputStuck(patience))) {
            LOG.infof("Viewer too slow workspaceId=%s", ticket.workspaceId());
            end(Closing.TOO_SLOW);
        } else {
            open.values().forEach(a -> a.endStuck(patience));
        }
    }

    @Override
    public int panes() {
        return open.size();
    }

    /// A channel has ended: its number is free. Without its agent no other has a future, either.
    void ended(int channel, Closing closing) {
        open.remove(channel);
        if (closing == Closing.AGENT_AWAY) {
            end(closing);
        }
    }

    private void open(ChannelMessage.Open request) {
        var channel = request.channel();
        if (open.containsKey(channel)) {
            refuse(channel, bad("channel", "in-use", "Channel " + channel + " is open."));
        } else if (open.size() >= MOST) {
            var most = "A socket has at most " + MOST + " channels.";
            refuse(channel, Problems.conflict("channel-limit", most).problem());
        } else {
            attach(request);
        }
    }

    private void attach(ChannelMessage.Open request) {
        var viewer = new ChannelViewer(this, outlet, request.channel());
        var asked = request.role().orElse(ticket.driver() ? PaneRole.DRIVER : PaneRole.VIEWER);
        if (asked == PaneRole.DRIVER && !ticket.driver()) {
            viewer.close(Closing.FORBIDDEN);
            return;
        }
        var role = demoted ? PaneRole.VIEWER : asked; // until it is opened again
        var pane = ticket.pane(request.paneId(), role);
        var attachment = new Attachment(pane, request.from(), viewer, flow);
        synchronized (this) {
            if (ended) {
                return;
            }
            open.put(request.channel(), attachment);
        }
        agent.accept(attachment);
    }

    private void close(int channel) {
        var attachment = open.get(channel);
        if (attachment == null) {
            refuse(channel, unknown(channel));
        } else {
            attachment.end(Closing.CLOSED);
        }
    }

    private void said(int channel, ClientMessage message) {
        var attachment = open.get(channel);
        if (attachment == null) {
            refuse(channel, unknown(channel));
        } else {
            attachment.message(message);
        }
    }

    private boolean leave() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
        }
        open.values().forEach(Attachment::left);
        return true;
    }

    private void refuse(Problem problem) {
        outlet.text(Frames.error(problem).encode());
    }

    private void refuse(int channel, Problem problem) {
        outlet.text(Frames.onChannel(channel, Frames.error(problem)));
    }

    private static Problem unknown(int channel) {
        return bad("channel", "unknown", "Channel " + channel + " is not open.");
    }

    private static Problem bad(String field, String code, String message) {
        return Problems.badInput(field, code, message).problem();
    }
}
