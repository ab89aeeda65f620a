package io.orchflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A system without a terminal: `up --detach` and `down`.
final class Detached {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration FIRST_SIGN_IN = Duration.ofSeconds(3);

    private Detached() {}

    /// Starts the launcher in a session of its own and returns once it is ready.
    static int up(Layout layout, Command.Up options) {
        Requirements.checkBuilt(new Programs(layout, Up.build(options)));
        Requirements.checkData(layout.data());
        DataLock.take(layout).close();
        Path log = layout.log("launcher");
        try {
            Files.createDirectories(layout.logs());
            Files.deleteIfExists(log);
            Process launcher = start(layout, options.attached(), log);
            var interrupted = new Thread(launcher::destroy, "stop");
            Runtime.getRuntime().addShutdownHook(interrupted);
            int exitCode = follow(launcher, log);
            Runtime.getRuntime().removeShutdownHook(interrupted);
            return exitCode;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start in the background", e);
        }
    }

    static int down(Layout layout) {
        Optional<Long> pid = DataLock.runningOn(layout);
        if (pid.isEmpty()) {
            System.out.println("nothing runs on " + layout.data());
            return 0;
        }
        if (!ProcessHandle.of(pid.get()).map(ProcessHandle::destroy).orElse(true)) {
            throw Refusal.failed(
                    "process %d is not yours to stop: run this as the user who started it"
                            .formatted(pid.get()));
        }
        long deadline = System.nanoTime() + STOP.toNanos();
        while (DataLock.runningOn(layout).isPresent()) {
            if (System.nanoTime() > deadline) {
                throw Refusal.failed(
                        "process " + pid.get() + " did not stop within " + STOP.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        System.out.println("stopped");
        return 0;
    }

    private static Process start(Layout layout, List<String> arguments, Path log)
            throws IOException {
        var command = new ArrayList<String>();
        command.add("setsid");
        command.add(Jvm.java().toString());
        command.addAll(
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(layout.checkout().toFile())
                .redirectInput(new java.io.File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /// Copies the launcher's lines until it is ready (and said how to sign in first), or ended.
    private static int follow(Process launcher, Path log) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        int printed = 0;
        while (true) {
            boolean ended = !launcher.isAlive();
            List<String> lines = Files.readAllLines(log);
            for (String line : lines.subList(printed, lines.size())) {
                (line.startsWith("orchflow: ") ? System.err : System.out).println(line);
                printed++;
                if (line.startsWith("ready: ")) {
                    deadline = Math.min(deadline, System.nanoTime() + FIRST_SIGN_IN.toNanos());
                }
            }
            boolean ready = lines.stream().anyMatch(line -> line.startsWith("ready: "));
            if (ended) {
                return launcher.exitValue() == 0 ? Refusal.FAILED : launcher.exitValue();
            }
            if (lines.stream().anyMatch(line -> line.startsWith("started "))
                    || (ready && System.nanoTime() > deadline)) {
                return 0;
            }
            if (System.nanoTime() > deadline) {
                launcher.destroy();
                throw Refusal.failed("not ready within " + START.toMinutes() + " min; see " + log);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
