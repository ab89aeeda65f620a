package io.orchflow.orchestration.conversation;

import io.orchflow.events.Ids;
import io.orchflow.outbox.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Answers messages, several at once. What a dead node had taken is taken again after 30 s.
@ApplicationScoped
class AnswerWorker {
    private static final Logger LOG = Logger.getLogger(AnswerWorker.class);
    private static final int AT_ONCE = 8;
    private static final int LEASE_SECONDS = 30;
    private static final long POLL_MILLIS = 250;
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Transactions transactions;
    private final ConversationRepository conversations;
    private final Answering answering;
    private final String owner = Ids.next();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Semaphore news = new Semaphore(0);
    private final Set<String> working = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private long kept = System.nanoTime();
    private volatile boolean closed;

    AnswerWorker(
            Transactions transactions, ConversationRepository conversations, Answering answering) {
        this.transactions = transactions;
        this.conversations = conversations;
        this.answering = answering;
        this.thread = Thread.ofVirtual().name("answers").unstarted(this::run);
    }

    void onStart(@Observes StartupEvent event) {
        thread.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        closed = true;
        thread.interrupt();
    }

    void onWanted(@Observes AnswerWanted event) {
        news.release();
    }

    private void run() {
        while (!closed) {
            try {
                free.acquire();
                free.release();
                claim();
                keep();
                if (news.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// A model may take longer than a lease.
    private void keep() {
        if (System.nanoTime() - kept < KEEP_NANOS) {
            return;
        }
        kept = System.nanoTime();
        try {
            var mine = Set.copyOf(working);
            transactions.execute(tx -> conversations.keep(tx, owner, mine, LEASE_SECONDS));
        } catch (RuntimeException e) {
            LOG.warnf("Messages could not be kept reason=%s", e.toString());
        }
    }

    private void claim() throws InterruptedException {
        try {
            var due =
                    transactions.inTransaction(
                            tx ->
                                    conversations.claim(
                                            tx, owner, free.availablePermits(), LEASE_SECONDS));
            for (var one : due) {
                free.acquire();
                working.add(one.asked().id());
                Thread.ofVirtual().name("answer-" + one.answerId()).start(() -> answer(one));
            }
        } catch (RuntimeException e) {
            LOG.warnf("Messages could not be taken reason=%s", e.toString());
        }
    }

    private void answer(Due due) {
        try {
            answering.answer(due);
        } catch (RuntimeException e) {
            LOG.warnf(e, "Message not answered yet messageId=%s", due.asked().id());
        } finally {
            working.remove(due.asked().id());
            free.release();
        }
    }
}
