package io.orchflow.agent.journal;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orchflow.agent.server.AgentService;
import io.orchflow.workspace.v1.AcknowledgeReply;
import io.orchflow.workspace.v1.AcknowledgeRequest;
import io.orchflow.workspace.v1.JournalEntry;
import io.orchflow.workspace.v1.JournalGrpc;
import io.orchflow.workspace.v1.ReadJournalRequest;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/// The journal's door: read from a number on, and acknowledge.
@Singleton
@Typed(AgentService.class)
class JournalService extends JournalGrpc.JournalImplBase implements AgentService {

    private static final Logger LOG = Logger.getLogger(JournalService.class);

    private final Journal journal;

    JournalService(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void read(ReadJournalRequest request, StreamObserver<JournalEntry> answers) {
        var call = (ServerCallStreamObserver<JournalEntry>) answers;
        Semaphore ready = new Semaphore(0);
        Thread pump =
                Thread.ofVirtual()
                        .name("journal-reader")
                        .unstarted(() -> pump(request, call, ready));
        call.setOnReadyHandler(ready::release);
        call.setOnCancelHandler(pump::interrupt);
        pump.start();
    }

    @Override
    public void acknowledge(AcknowledgeRequest request, StreamObserver<AcknowledgeReply> answers) {
        journal.acknowledge(request.getUpToNumber());
        answers.onNext(AcknowledgeReply.getDefaultInstance());
        answers.onCompleted();
    }

    private void pump(
            ReadJournalRequest request,
            ServerCallStreamObserver<JournalEntry> call,
            Semaphore ready) {
        long after = request.getAfterNumber();
        try {
            while (!call.isCancelled()) {
                List<JournalEntry> entries = journal.read(after, request.getFollow());
                if (entries.isEmpty()) {
                    call.onCompleted();
                    return;
                }
                for (JournalEntry entry : entries) {
                    while (!call.isReady() && !call.isCancelled()) {
                        ready.acquire();
                    }
                    call.onNext(entry);
                    after = entry.getNumber();
                }
            }
        } catch (InterruptedException _) {
            LOG.debug("a reader of the journal has left");
        } catch (RuntimeException e) {
            LOG.error("the journal could not be read", e);
            call.onError(Status.INTERNAL.withDescription("journal").asRuntimeException());
        }
    }
}
