package io.orchflow.agent.repository;

import io.orchflow.agent.sandbox.SandboxSpec;
import io.orchflow.agent.sandbox.SandboxUsers;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.sandbox.Subprocess;
import io.orchflow.agent.sandbox.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs acceptance checks, each on a clean export of a commit, in a sandbox that nothing else has
/// touched.
final class Checks {

    private static final Logger LOG = Logger.getLogger(Checks.class);
    private static final int TIMED_OUT = 124;
    private static final int CHUNK = 64 * 1024;

    /// What of a check's output is handed on; all of it is counted and hashed.
    private static final long KEPT = 16L * 1024 * 1024;

    private final Sandboxes sandboxes;
    private final SandboxUsers users;
    private final Export export;
    private final Path folder;
    private final String workspaceId;
    private final Set<Integer> taken = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("checks").factory());

    /// @param folder private; made empty, as checks do not outlive the agent
    Checks(
            BareRepository repository,
            Sandboxes sandboxes,
            SandboxUsers users,
            Path folder,
            String workspaceId)
            throws IOException {
        this.sandboxes = sandboxes;
        this.users = users;
        this.export = new Export(repository, sandboxes.mode());
        this.folder = folder;
        this.workspaceId = workspaceId;
        Trees.delete(folder);
        Files.createDirectories(folder);
    }

    /// What to check.
    ///
    /// @param command a line for `sh -c`
    /// @param overlay content by path, laid over the export read-only
    record Check(
            String commit,
            String command,
            Duration timeout,
            Map<String, String> environment,
            Originals originals,
            Map<String, byte[]> overlay) {}

    /// Paths that are to be as in another commit, read-only; left out where it has none.
    ///
    /// @param commit any text where there are no paths
    record Originals(String commit, List<String> paths) {
        static final Originals NONE = new Originals("", List.of());

        Originals {
            paths = List.copyOf(paths);
        }
    }

    /// How it went.
    ///
    /// @param exitCode 124: timed out; 128+n: ended by signal n
    /// @param outputBytes of all output, like the digest
    record Outcome(
            int exitCode,
            String outputSha256,
            long outputBytes,
            Duration elapsed,
            String assurance) {}

    /// One check on its way; [#cancel] ends it from any thread.
    final class Run {

        private final Check check;
        private final String name = "check-" + UUID.randomUUID();
        private final AtomicBoolean timedOut = new AtomicBoolean();
        private volatile boolean cancelled;
        private volatile @Nullable Process process;

        Run(Check check) {
            this.check = check;
        }

        void cancel() {
            cancelled = true;
            kill();
        }

        private void kill() {
            Process running = process;
            if (running != null) {
                // The sandbox's namespaces die with their leader.
                running.destroyForcibly();
            }
        }

        /// Runs to the end.
        ///
        /// @param out takes the output as it comes; one that throws ends the check
        Outcome run(BareRepository.Chunks out) throws IOException {
            int uid = takeUser();
            Path place = folder.resolve(name);
            try {
                Map<String, Path> overlay =
                        export.write(
                                check.commit(), check.originals(), check.overlay(), place, uid);
                List<String> argv =
                        sandboxes.prepare(spec(place, uid, overlay), place.resolve("run"));
                return watch(
                        Subprocess.builder(argv, Map.of("LANG", "C.UTF-8"), Path.of("/")), out);
            } finally {
                kill();
                sandboxes.forget(name);
                remove(place);
                taken.remove(uid);
            }
        }

        private Outcome watch(ProcessBuilder builder, BareRepository.Chunks out)
                throws IOException {
            long start = System.nanoTime();
            Process running = builder.redirectErrorStream(true).start();
            process = running;
            if (cancelled) {
                kill();
            }
            Future<?> alarm =
                    clock.schedule(
                            () -> {
                                timedOut.set(true);
                                kill();
                            },
                            check.timeout().toMillis(),
                            TimeUnit.MILLISECONDS);
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                long bytes = pass(running.getInputStream(), digest, out);
                int exitCode = running.waitFor();
                return new Outcome(
                        timedOut.get() ? TIMED_OUT : exitCode,
                        HexFormat.of().formatHex(digest.digest()),
                        bytes,
                        Duration.ofNanos(System.nanoTime() - start),
                        sandboxes.mode().assurance());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            } finally {
                alarm.cancel(false);
            }
        }

        private static long pass(InputStream in, MessageDigest digest, BareRepository.Chunks out)
                throws IOException {
            byte[] buffer = new byte[CHUNK];
            long bytes = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                if (bytes < KEPT) {
                    out.accept(Arrays.copyOf(buffer, n));
                }
                bytes += n;
            }
            return bytes;
        }

        private SandboxSpec spec(Path place, int uid, Map<String, Path> overlay) {
            Map<String, String> environment = new HashMap<>(check.environment());
            environment.put("ORCHFLOW_WORKSPACE_ID", workspaceId);
            environment.put("ORCHFLOW_CHECK", name);
            environment.put("CI", "true");
            return new SandboxSpec(
                    name,
                    SandboxSpec.Input.HOLD,
                    uid,
                    "check",
                    place.resolve("work"),
                    null,
                    true,
                    overlay,
                    environment,
                    List.of("/bin/sh", "-c", check.command()));
        }

        private void remove(Path place) {
            try {
                Trees.delete(place);
            } catch (IOException e) {
                LOG.warnf("a check's folder was left behind: %s", e.getMessage());
            }
        }
    }

    Run start(Check check) {
        return new Run(check);
    }

    private synchronized int takeUser() {
        int uid = users.nextForChecks(taken);
        taken.add(uid);
        return uid;
    }
}
