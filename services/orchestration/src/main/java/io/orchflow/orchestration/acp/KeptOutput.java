package io.orchflow.orchestration.acp;

import io.orchflow.orchestration.tunnel.AgentTerminal;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The end of what a terminal has put out, for a program that asks for it now and then.
final class KeptOutput implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KeptOutput.class);

    /// In characters.
    private static final int MOST = 1 << 20;

    private final AgentTerminal terminal;
    private final int most;
    private final StringBuilder text = new StringBuilder();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean truncated;

    private KeptOutput(AgentTerminal terminal, int most) {
        this.terminal = terminal;
        this.most = most;
    }

    /// Begins to listen.
    ///
    /// @param limit in bytes, as the program wants it; absent: a megabyte
    static KeptOutput of(AgentTerminal terminal, @Nullable Long limit) {
        int most = limit == null ? MOST : Math.clamp(limit, 0, MOST);
        var kept = new KeptOutput(terminal, most);
        Thread.ofVirtual().name("terminal-" + terminal.paneId()).start(kept::listen);
        return kept;
    }

    private void listen() {
        var plain = new PlainText();
        try {
            for (var bytes = terminal.read(); bytes != null; bytes = terminal.read()) {
                keep(plain.take(bytes));
            }
        } catch (IOException e) {
            LOG.debugf("Terminal lost paneId=%s reason=%s", terminal.paneId(), e.getMessage());
        } finally {
            ended.countDown();
        }
    }

    private synchronized void keep(String more) {
        text.append(more);
        if (text.length() > most) {
            text.delete(0, text.length() - most);
            truncated = true;
        }
    }

    synchronized String text() {
        return text.toString();
    }

    synchronized boolean truncated() {
        return truncated;
    }

    boolean ended() {
        return ended.getCount() == 0;
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Nullable Integer exitCode() {
        var code = terminal.exitCode();
        return code.isPresent() ? code.getAsInt() : null;
    }

    /// Nothing where it has ended.
    void kill() throws IOException {
        if (!ended()) {
            terminal.end();
        }
    }

    @Override
    public void close() {
        terminal.close();
    }
}
