package io.orchflow.local;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/// Every process that came from this one. As *child subreaper* (prctl(2)) this process becomes the
/// parent of those whose own parent died: tmux servers, workspace agents of a killed service,
/// children that left by setsid. So nothing can get out of sight, and at the end nothing is left.
final class Descendants {
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int WNOHANG = 1;
    private static final Duration REAP_EVERY = Duration.ofSeconds(1);
    private static final Duration LAST_WISH = Duration.ofSeconds(3);

    private Descendants() {}

    /// @return whether the kernel agreed; elsewhere than on Linux it cannot be asked
    static boolean adopt() {
        Optional<MethodHandle> prctl =
                function(
                        "prctl",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_LONG));
        try {
            if (prctl.isEmpty()
                    || (int) prctl.get().invokeExact(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L) != 0) {
                return false;
            }
        } catch (Throwable e) {
            return false;
        }
        Thread.ofPlatform().daemon().name("reaper").start(Descendants::reapForever);
        return true;
    }

    /// Asks all that still live to end, and kills what does not.
    ///
    /// @return those that had to be killed
    static List<String> endAll() {
        if (living().isEmpty()) {
            return List.of();
        }
        living().forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + LAST_WISH.toNanos();
        while (!living().isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
        }
        Map<Long, String> killed = new TreeMap<>();
        deadline = System.nanoTime() + LAST_WISH.toNanos();
        // A killed process may leave children that were not seen before.
        for (List<ProcessHandle> left = living();
                !left.isEmpty() && System.nanoTime() < deadline;
                left = living()) {
            left.forEach(p -> killed.computeIfAbsent(p.pid(), Proc::describe));
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(Duration.ofMillis(25).toNanos());
        }
        return List.copyOf(killed.values());
    }

    private static List<ProcessHandle> living() {
        return ProcessHandle.current()
                .descendants()
                .filter(handle -> Proc.lives(handle.pid()))
                .toList();
    }

    /// Adopted children that ended are waited for here; those started by Java are waited for by
    /// Java, at once. So what is a zombie at two looks in a row is ours.
    private static void reapForever() {
        Optional<MethodHandle> waitpid =
                function(
                        "waitpid",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT));
        if (waitpid.isEmpty()) {
            return;
        }
        Set<Long> seen = new TreeSet<>();
        while (true) {
            LockSupport.parkNanos(REAP_EVERY.toNanos());
            Set<Long> zombies = new TreeSet<>();
            ProcessHandle.current()
                    .children()
                    .map(ProcessHandle::pid)
                    .filter(Proc::isZombie)
                    .forEach(zombies::add);
            for (long pid : zombies) {
                if (seen.contains(pid)) {
                    reap(waitpid.get(), (int) pid);
                }
            }
            seen = zombies;
        }
    }

    private static void reap(MethodHandle waitpid, int pid) {
        try {
            int _ = (int) waitpid.invokeExact(pid, MemorySegment.NULL, WNOHANG);
        } catch (Throwable e) {
            throw new IllegalStateException("waitpid", e);
        }
    }

    @SuppressWarnings("restricted") // the kernel has no other door
    private static Optional<MethodHandle> function(String name, FunctionDescriptor descriptor) {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(address -> linker.downcallHandle(address, descriptor));
    }
}
