package io.orchflow.agent.kernel;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Tells when a process that is no child of ours has ended: pidfd and epoll, one thread, no
/// polling. See pidfd_open(2): a pidfd becomes readable when its process ends.
public final class ExitWatch {

    private static final Logger LOG = Logger.getLogger(ExitWatch.class);
    private static final int BATCH = 64;

    private final int epoll;
    private final Map<Integer, Runnable> waiting = new ConcurrentHashMap<>();

    public ExitWatch() throws IOException {
        epoll = (int) Libc.epollCreate().orThrow("epoll_create1");
        Thread.ofPlatform().daemon().name("exit-watch").start(this::watch);
    }

    /// Runs `then` once, on a virtual thread, when the process has ended; soon, if there is no such
    /// process.
    public void whenEnded(int pid, Runnable then) throws IOException {
        Libc.Result opened = Libc.pidfdOpen(pid);
        if (opened.value() < 0 && opened.errno() == Libc.ESRCH) {
            Thread.startVirtualThread(then);
            return;
        }
        int pidfd = (int) opened.orThrow("pidfd_open of " + pid);
        waiting.put(pidfd, then);
        Libc.epollAdd(epoll, pidfd).orThrow("epoll_ctl");
    }

    private void watch() {
        int[] ended = new int[BATCH];
        while (true) {
            Libc.Result ready = Libc.epollWait(epoll, ended);
            if (ready.value() < 0 && ready.errno() != Libc.EINTR) {
                LOG.errorf("waiting for the end of processes failed, errno=%d", ready.errno());
                return;
            }
            for (int i = 0; i < ready.value(); i++) {
                ended(ended[i]);
            }
        }
    }

    /// Called once for each pidfd ([Libc#EPOLLONESHOT]): closing it does not end the kernel's
    /// telling while a program that is just being started still holds a copy, and its number is
    /// somebody else's by then.
    private void ended(int pidfd) {
        Runnable then = waiting.remove(pidfd);
        Libc.close(pidfd);
        if (then != null) {
            Thread.startVirtualThread(then);
        }
    }
}
