package io.orchflow.agent.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.orchflow.agent.kernel.Libc.Result;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/// [Libc] on the JVM. Each call is to a function of the C library with the signature its manual
/// gives.
@SuppressWarnings("restricted")
final class ForeignLibc {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle MKFIFO =
            handle("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle CLOSE =
            handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    // A call with variable arguments after the named ones must say how many are named.
    private static final MethodHandle SYSCALL =
            handle(
                    "syscall",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle EPOLL_CREATE =
            handle("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle EPOLL_CTL =
            handle(
                    "epoll_ctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle EPOLL_WAIT =
            handle(
                    "epoll_wait",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

    private ForeignLibc() {}

    static Result mkfifo(String path, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) MKFIFO.invokeExact(state, arena.allocateFrom(path), mode), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Result pidfdOpen(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result(
                    (long) SYSCALL.invokeExact(state, Libc.PIDFD_OPEN, (long) pid, 0L), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) CLOSE.invokeExact(arena.allocate(CALL_STATE), fd);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Result epollCreate() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            return result((int) EPOLL_CREATE.invokeExact(state, Libc.O_CLOEXEC), state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Result epollAdd(int epoll, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment event = arena.allocate(Libc.EVENT_SIZE, Long.BYTES);
            event.set(JAVA_INT_UNALIGNED, 0, Libc.EPOLLIN | Libc.EPOLLONESHOT);
            event.set(JAVA_LONG_UNALIGNED, Libc.EVENT_DATA_AT, fd);
            return result(
                    (int) EPOLL_CTL.invokeExact(state, epoll, Libc.EPOLL_CTL_ADD, fd, event),
                    state);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static Result epollWait(int epoll, int[] fds) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment events = arena.allocate((long) Libc.EVENT_SIZE * fds.length, Long.BYTES);
            Result ready =
                    result(
                            (int) EPOLL_WAIT.invokeExact(state, epoll, events, fds.length, -1),
                            state);
            for (int i = 0; i < ready.value(); i++) {
                long at = (long) i * Libc.EVENT_SIZE + Libc.EVENT_DATA_AT;
                fds[i] = (int) events.get(JAVA_LONG_UNALIGNED, at);
            }
            return ready;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static Result result(long value, MemorySegment state) {
        return new Result(value, value < 0 ? (int) ERRNO.get(state, 0L) : 0);
    }

    private static MethodHandle handle(
            String name, FunctionDescriptor type, Linker.Option... more) {
        var options = new ArrayList<>(List.of(more));
        options.add(Linker.Option.captureCallState("errno"));
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                type,
                options.toArray(Linker.Option[]::new));
    }

    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a system call could not be made", e);
    }
}
