package io.orchflow.agent.tmux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The one control client (`tmux -C`) of a workspace. Commands may come from any thread; replies
/// and output arrive on one reader thread, in the order tmux sent them.
public final class TmuxClient implements AutoCloseable {

    /// tmux takes a few thousand words a command at most; each byte of input is one word.
    private static final int INPUT_BYTES_A_COMMAND = 512;

    private static final int ANSWER_SECONDS = 10;
    private static final Logger LOG = Logger.getLogger(TmuxClient.class);
    private static final int READ_SIZE = 65536;
    private static final Batch TYPED = new Batch().add("send-keys");
    private static final byte[][] HEX = hexWords();

    private static final class Waiting {
        final Batch batch;
        final List<Reply> replies = new ArrayList<>();
        final ReplyHandler then;
        int answered;

        Waiting(Batch batch, ReplyHandler then) {
            this.batch = batch;
            this.then = then;
        }
    }

    private final Process process;
    private final OutputStream in;
    private final TmuxListener listener;
    // Guards writing and the order of `waiting`.
    private final Object order = new Object();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private volatile boolean closing;
    private boolean ended;

    TmuxClient(Process process, TmuxListener listener) {
        this.process = process;
        this.in = process.getOutputStream();
        this.listener = listener;
        Thread.ofPlatform().daemon().name("tmux-reader").start(this::read);
    }

    /// Sends the commands as one line.
    ///
    /// @param then called once, on the reader thread, right after the last reply was read and
    ///     before anything behind it is: it sees the stream exactly there. It must not block
    public void run(Batch batch, ReplyHandler then) {
        byte[] line = batch.line().getBytes(StandardCharsets.US_ASCII);
        boolean late;
        synchronized (order) {
            late = ended;
            if (!late) {
                waiting.add(new Waiting(batch, then));
                write(line, line.length);
            }
        }
        if (late) {
            then.done(List.of(), TmuxException.gone("tmux is not there"));
        }
    }

    /// Sends the commands as one line and waits for what `atTheReader` makes of the replies, on the
    /// reader thread as with [#run(Batch, ReplyHandler)].
    ///
    /// @throws TmuxException refused, or tmux is gone
    public <T> T run(Batch batch, Function<List<Reply>, T> atTheReader) {
        CompletableFuture<T> done = new CompletableFuture<>();
        run(
                batch,
                (replies, failure) -> {
                    if (failure != null) {
                        done.completeExceptionally(failure);
                        return;
                    }
                    try {
                        done.complete(atTheReader.apply(replies));
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                });
        try {
            return done.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                // Replies can no longer be told apart: a new client starts afresh.
                process.destroyForcibly();
                throw TmuxException.gone("tmux does not answer");
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// One command, waited for.
    ///
    /// @throws TmuxException refused, or tmux is gone
    public Reply ask(String... words) {
        return run(new Batch().add(words), List::getFirst);
    }

    /// Types bytes into a pane, exactly.
    public void type(int pane, byte[] bytes) {
        byte[] head = ("send-keys -t %" + pane + " -H").getBytes(StandardCharsets.US_ASCII);
        int commands = (bytes.length + INPUT_BYTES_A_COMMAND - 1) / INPUT_BYTES_A_COMMAND;
        byte[] text = new byte[commands * (head.length + 1) + bytes.length * 3];
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (i % INPUT_BYTES_A_COMMAND == 0) {
                if (i > 0) {
                    text[length++] = '\n';
                }
                System.arraycopy(head, 0, text, length, head.length);
                length += head.length;
            }
            System.arraycopy(HEX[bytes[i] & 0xff], 0, text, length, 3);
            length += 3;
        }
        text[length++] = '\n';
        synchronized (order) {
            if (ended) {
                return;
            }
            for (int i = 0; i < commands; i++) {
                waiting.add(new Waiting(TYPED, (_, _) -> {}));
            }
            write(text, length);
        }
    }

    /// Ends the control client; the server and its panes stay.
    @Override
    public void close() {
        closing = true;
        try {
            in.close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private void write(byte[] bytes, int length) {
        try {
            in.write(bytes, 0, length);
            in.flush();
        } catch (IOException e) {
            // The reader sees the end of the stream, too, and answers everybody.
            LOG.debugf("writing to tmux failed: %s", e.getMessage());
        }
    }

    private void read() {
        ControlDecoder decoder = new ControlDecoder(new Events());
        byte[] buffer = new byte[READ_SIZE];
        try (InputStream out = process.getInputStream()) {
            int length;
            while ((length = out.read(buffer)) >= 0) {
                decoder.feed(buffer, 0, length);
                listener.drained();
            }
        } catch (IOException e) {
            LOG.debugf("reading from tmux failed: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the tmux reader failed", e);
            process.destroyForcibly();
        } finally {
            end();
        }
    }

    private void end() {
        List<Waiting> left;
        synchronized (order) {
            ended = true;
            left = new ArrayList<>(waiting);
            waiting.clear();
        }
        left.forEach(w -> w.then.done(List.of(), TmuxException.gone("tmux has ended")));
        if (!closing) {
            listener.disconnected();
        }
    }

    private @Nullable Waiting head() {
        synchronized (order) {
            return waiting.peek();
        }
    }

    private final class Events implements ControlEvents {

        @Override
        public void output(int pane, byte[] buffer, int length) {
            listener.output(pane, buffer, length);
        }

        @Override
        public void paused(int pane) {
            listener.paused(pane);
        }

        @Override
        public byte @Nullable [] closing() {
            Waiting entry = head();
            String closing =
                    entry == null ? null : entry.batch.commands().get(entry.answered).closing();
            return closing == null ? null : closing.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void reply(List<byte[]> lines, boolean failed) {
            Waiting entry = head();
            if (entry == null) {
                return;
            }
            Reply reply = new Reply(lines);
            if (!entry.batch.commands().get(entry.answered++).isMark()) {
                entry.replies.add(reply);
            }
            if (failed || entry.answered == entry.batch.commands().size()) {
                synchronized (order) {
                    waiting.remove();
                }
                TmuxException failure = failed ? TmuxException.refused(reply.first()) : null;
                entry.then.done(List.copyOf(entry.replies), failure);
            }
        }

        @Override
        public void notice(String line) {
            if (LOG.isTraceEnabled()) {
                LOG.tracef("tmux: %s", line);
            }
        }
    }

    private static byte[][] hexWords() {
        byte[][] words = new byte[256][];
        for (int i = 0; i < 256; i++) {
            words[i] = String.format(" %02x", i).getBytes(StandardCharsets.US_ASCII);
        }
        return words;
    }
}
