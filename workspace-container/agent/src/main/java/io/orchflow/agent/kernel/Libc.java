package io.orchflow.agent.kernel;

import java.io.IOException;

/// Calls into the C library (Linux, 64 bit), by the foreign function interface; in a native
/// executable by [LibcInImage].
final class Libc {

    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int O_CLOEXEC = 0x80000;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLLIN = 1;

    /// Told of once; see epoll_ctl(2).
    static final int EPOLLONESHOT = 1 << 30;
    static final long PIDFD_OPEN = 434;

    /// struct epoll_event is packed on x86-64 and naturally aligned elsewhere.
    private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));

    static final int EVENT_SIZE = PACKED ? 12 : 16;
    static final int EVENT_DATA_AT = PACKED ? 4 : 8;

    private Libc() {}

    /// A result, and `errno` where it is negative.
    record Result(long value, int errno) {

        long orThrow(String what) throws IOException {
            if (value < 0) {
                throw new IOException(what + ": errno " + errno);
            }
            return value;
        }
    }

    static Result mkfifo(String path, int mode) {
        return ForeignLibc.mkfifo(path, mode);
    }

    /// A descriptor that becomes readable when the process ends.
    static Result pidfdOpen(int pid) {
        return ForeignLibc.pidfdOpen(pid);
    }

    static void close(int fd) {
        ForeignLibc.close(fd);
    }

    static Result epollCreate() {
        return ForeignLibc.epollCreate();
    }

    /// From now on `fd` is among those that [#epollWait] tells of when there is something to read.
    static Result epollAdd(int epoll, int fd) {
        return ForeignLibc.epollAdd(epoll, fd);
    }

    /// Waits as long as it takes, and fills in the descriptors that are readable.
    static Result epollWait(int epoll, int[] fds) {
        return ForeignLibc.epollWait(epoll, fds);
    }
}
