package io.orchflow.agent.kernel;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.orchflow.agent.kernel.Libc.Result;
import org.graalvm.nativeimage.UnmanagedMemory;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CIntPointer;
import org.graalvm.nativeimage.c.type.CTypeConversion;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordFactory;

/// [Libc] in a native executable: the image builder links the functions themselves, and needs no
/// support for the foreign function interface, which not every builder has.
///
/// Calls that return at once are made without telling the collector (`NO_TRANSITION`): nothing can
/// come between them and the look at `errno`.
@TargetClass(Libc.class)
final class LibcInImage {

    @Substitute
    static Result mkfifo(String path, int mode) {
        try (var name = CTypeConversion.toCString(path)) {
            return C.result(C.mkfifo(name.get(), mode));
        }
    }

    @Substitute
    static Result pidfdOpen(int pid) {
        return C.result(C.syscall(Libc.PIDFD_OPEN, pid, 0));
    }

    @Substitute
    static void close(int fd) {
        int _ = C.close(fd);
    }

    @Substitute
    static Result epollCreate() {
        return C.result(C.epollCreate(Libc.O_CLOEXEC));
    }

    @Substitute
    static Result epollAdd(int epoll, int fd) {
        // Not on the stack: that of a virtual thread may move.
        Pointer event = UnmanagedMemory.malloc(WordFactory.unsigned(Libc.EVENT_SIZE));
        try {
            event.writeInt(0, Libc.EPOLLIN | Libc.EPOLLONESHOT);
            event.writeLong(Libc.EVENT_DATA_AT, fd);
            return C.result(C.epollCtl(epoll, Libc.EPOLL_CTL_ADD, fd, event));
        } finally {
            UnmanagedMemory.free(event);
        }
    }

    @Substitute
    static Result epollWait(int epoll, int[] fds) {
        Pointer events =
                UnmanagedMemory.malloc(WordFactory.unsigned((long) Libc.EVENT_SIZE * fds.length));
        try {
            int count = C.epollWait(epoll, events, fds.length, -1);
            if (count < 0) {
                // On the way back from a long call errno may change: a short one tells what is
                // wrong.
                Result again = C.result(C.epollPoll(epoll, events, fds.length, 0));
                return again.value() < 0 ? again : new Result(-1, Libc.EINTR);
            }
            for (int i = 0; i < count; i++) {
                fds[i] = (int) events.readLong(i * Libc.EVENT_SIZE + Libc.EVENT_DATA_AT);
            }
            return new Result(count, 0);
        } finally {
            UnmanagedMemory.free(events);
        }
    }

    /// Functions of the C library, as its manual has them.
    private static final class C {

        @CFunction(value = "mkfifo", transition = Transition.NO_TRANSITION)
        static native int mkfifo(CCharPointer path, int mode);

        @CFunction(value = "close", transition = Transition.NO_TRANSITION)
        static native int close(int fd);

        @CFunction(value = "syscall", transition = Transition.NO_TRANSITION)
        static native long syscall(long number, long first, long second);

        @CFunction(value = "epoll_create1", transition = Transition.NO_TRANSITION)
        static native int epollCreate(int flags);

        @CFunction(value = "epoll_ctl", transition = Transition.NO_TRANSITION)
        static native int epollCtl(int epoll, int operation, int fd, Pointer event);

        @CFunction("epoll_wait")
        static native int epollWait(int epoll, Pointer events, int count, int milliseconds);

        @CFunction(value = "epoll_wait", transition = Transition.NO_TRANSITION)
        static native int epollPoll(int epoll, Pointer events, int count, int milliseconds);

        @CFunction(value = "__errno_location", transition = Transition.NO_TRANSITION)
        static native CIntPointer errno();

        static Result result(long value) {
            return new Result(value, value < 0 ? errno().read() : 0);
        }
    }
}
