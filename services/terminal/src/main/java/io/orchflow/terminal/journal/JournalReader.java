package io.orchflow.terminal.journal;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.orchflow.workspace.v1.JournalEntry;
import io.orchflow.workspace.v1.JournalGrpc;
import io.orchflow.workspace.v1.ReadJournalRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows one journal and gives its entries in batches; asks the agent for no more than fits here.
final class JournalReader
        implements ClientResponseObserver<ReadJournalRequest, JournalEntry>, AutoCloseable {

    private static final int MOST_WAITING = 256;

    private final BlockingQueue<JournalEntry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile @Nullable ClientCallStreamObserver<ReadJournalRequest> call;
    private volatile boolean ended;

    static JournalReader follow(JournalGrpc.JournalStub journal, long afterNumber) {
        var reader = new JournalReader();
        journal.read(
                ReadJournalRequest.newBuilder().setAfterNumber(afterNumber).setFollow(true).build(),
                reader);
        return reader;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ReadJournalRequest> stream) {
        stream.disableAutoRequestWithInitial(MOST_WAITING);
        call = stream;
    }

    @Override
    public void onNext(JournalEntry entry) {
        if (!waiting.offer(entry)) {
            throw new IllegalStateException("more entries than were asked for");
        }
    }

    @Override
    public void onError(Throwable error) {
        ended = true;
    }

    @Override
    public void onCompleted() {
        ended = true;
    }

    /// Waits for entries.
    ///
    /// @return those that have come, in their order; none after that time, or once it has ended
    List<JournalEntry> next(Duration atMost) throws InterruptedException {
        var batch = new ArrayList<JournalEntry>();
        var deadline = System.nanoTime() + atMost.toNanos();
        while (batch.isEmpty() && (!ended || !waiting.isEmpty())) {
            var first = waiting.poll(100, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                waiting.drainTo(batch);
            } else if (System.nanoTime() > deadline) {
                break;
            }
        }
        var stream = call;
        if (!batch.isEmpty() && stream != null) {
            stream.request(batch.size());
        }
        return batch;
    }

    /// Whether the agent has ended the stream, and nothing of it is left here.
    boolean ended() {
        return ended && waiting.isEmpty();
    }

    @Override
    public void close() {
        var stream = call;
        if (stream != null) {
            stream.cancel("no longer read", null);
        }
    }
}
