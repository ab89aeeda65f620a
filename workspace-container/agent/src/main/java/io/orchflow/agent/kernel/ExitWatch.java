package io.orchflow.agent.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Tells when a process that is no child of ours has ended: pidfd and epoll, one thread, no
/// polling. See pidfd_open(2): a pidfd becomes readable when its process ends.
public final class ExitWatch {

    private static final Logger LOG = Logger.getLogger(ExitWatch.class);
    private static final long PIDFD_OPEN = 434;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLLIN = 1;
    private static final int BATCH = 64;
    // struct epoll_event is packed on x86-64 and naturally aligned elsewhere.
    private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));
    private static final int EVENT_SIZE = PACKED ? 12 : 16;
    private static final int DATA_AT = PACKED ? 4 : 8;

    private final int epoll;
    private final Map<Integer, Runnable> waiting = new ConcurrentHashMap<>();

    public ExitWatch() throws IOException {
        epoll = (int) Libc.epollCreate().orThrow("epoll_create1");
        Thread.ofPlatform().daemon().name("exit-watch").start(this::watch);
    }

    /// Runs `then` once, on a virtual thread, when the process has ended; soon, if there is no such
    /// process.
    public void whenEnded(int pid, Runnable then) throws IOException {
        Libc.Result opened = Libc.syscall(PIDFD_OPEN, pid, 0, 0);
        if (opened.value() < 0 && opened.errno() == Libc.ESRCH) {
            Thread.startVirtualThread(then);
            return;
        }
        int pidfd = (int) opened.orThrow("pidfd_open of " + pid);
        waiting.put(pidfd, then);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(EVENT_SIZE, 8);
            event.set(ValueLayout.JAVA_INT_UNALIGNED, 0, EPOLLIN);
            event.set(ValueLayout.JAVA_LONG_UNALIGNED, DATA_AT, pidfd);
            Libc.epollCtl(epoll, EPOLL_CTL_ADD, pidfd, event).orThrow("epoll_ctl");
        }
    }

    private void watch() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment events = arena.allocate((long) EVENT_SIZE * BATCH, 8);
            while (true) {
                Libc.Result ready = Libc.epollWait(epoll, events, BATCH);
                if (ready.value() < 0 && ready.errno() != Libc.EINTR) {
                    LOG.errorf("waiting for the end of processes failed, errno=%d", ready.errno());
                    return;
                }
                for (int i = 0; i < ready.value(); i++) {
                    ended(
                            (int)
                                    events.get(
                                            ValueLayout.JAVA_LONG_UNALIGNED,
                                            (long) i * EVENT_SIZE + DATA_AT));
                }
            }
        }
    }

    private void ended(int pidfd) {
        Runnable then = waiting.remove(pidfd);
        Libc.close(pidfd);
        if (then != null) {
            Thread.startVirtualThread(then);
        }
    }
}
