package io.orchflow.agent.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A private folder with sandboxes, gone at the end of the test.
public final class TestPlace implements AutoCloseable {
    private static final int DELETE_TRIES = 50;
    private static final long DELETE_PAUSE_NANOS = 20_000_000;

    private final Path root;
    private final Sandboxes sandboxes;

    public TestPlace() throws IOException {
        this.root =
                Files.createTempDirectory(
                        Path.of("/tmp"),
                        "sbx",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        this.sandboxes = new Sandboxes(root.resolve("rt"), Shown.NOTHING);
    }

    public Path root() {
        return root;
    }

    public Sandboxes sandboxes() {
        return sandboxes;
    }

    public Path workspace(String name, int uid) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        Trees.giveTo(folder, uid);
        return folder;
    }

    public SandboxSpec spec(SandboxSpec.Input input, Path workspace, int uid, String script) {
        return new SandboxSpec(
                "test-" + UUID.randomUUID(),
                input,
                uid,
                "agent",
                workspace,
                null,
                false,
                Map.of(),
                Map.of("MARK", "test"),
                List.of("/bin/bash", "-c", script));
    }

    public Subprocess.Finished run(Path workspace, int uid, String script) throws IOException {
        return sandboxes.run(
                spec(SandboxSpec.Input.DATA, workspace, uid, script),
                null,
                null,
                Duration.ofSeconds(20));
    }

    /// Starts a sandbox that lasts until the process is destroyed.
    public Process start(Path workspace, int uid, String script) throws IOException {
        SandboxSpec spec = spec(SandboxSpec.Input.HOLD, workspace, uid, script);
        return Subprocess.builder(
                        sandboxes.prepare(spec, root.resolve(spec.name())), Map.of(), Path.of("/"))
                .redirectErrorStream(true)
                .start();
    }

    /// Polls for at most five seconds.
    public static boolean eventually(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /// Processes of this machine whose command line holds the text.
    public static long running(String text) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process.pid()).contains(text))
                .count();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        // Watchers of panes that end just now still write what they saw.
        for (int i = 0; i < DELETE_TRIES; i++) {
            try {
                Trees.delete(root);
                return;
            } catch (IOException _) {
                LockSupport.parkNanos(DELETE_PAUSE_NANOS);
            }
        }
        Trees.delete(root);
    }
}
