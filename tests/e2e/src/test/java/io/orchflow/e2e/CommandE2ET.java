package io.orchflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promises of `./orchflow` itself: one line when it cannot start; start, stop, backup, restore
/// and a killed launcher without loss and without a process left.
class CommandE2ET {
    private static final Duration RUNNING = Duration.ofSeconds(40);
    private static final Pattern READY = Pattern.compile("ready: (http\\S+)");

    @TempDir private Path folder = Path.of("unset");

    private record Run(int exitCode, String output, String errors) {
        URI url() {
            var matcher = READY.matcher(output);
            assertThat(matcher.find()).as(output + errors).isTrue();
            return URI.create(matcher.group(1));
        }
    }

    @Test
    void aDiskThatIsFullOrReadOnlyIsOneLine() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assertRefused(
                onDisk("size=20m", disk),
                disk
                        + " has 20 MiB free, 512 are needed: make room, or name another directory with --data");
        assertRefused(
                onDisk("size=900m,ro", disk),
                disk
                        + " cannot be written (Read-only file system): make it writable, or name another directory with --data");
        assertThat(disk).isEmptyDirectory();
    }

    /// `up` where the folder is a file system of its own.
    private Run onDisk(String options, Path disk) throws Exception {
        String script =
                "mount -t tmpfs -o %s none '%s' && exec ./orchflow up --port 0 --data '%s'"
                        .formatted(options, disk, disk);
        return run("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script);
    }

    @Test
    void nothingIsLostAndNothingIsLeft() throws Exception {
        Path data = folder.resolve("my data, 1");
        Path copy = folder.resolve("copy");
        Path file = folder.resolve("backup.tar.gz");
        Work work;
        String swarmId;
        try (Orchflow orchflow = Orchflow.start(data).awaitReady()) {
            work = Work.inNewWorkspace(Api.signUp(orchflow), "kept");
            swarmId =
                    work.approve(
                            work.customPlan(
                                    Work.commandTask(
                                            "t", "test -f t.txt", "sh", "-c", "echo x > t.txt")));
            work.awaitState(swarmId, "COMPLETED");
            assertRunning(data, file);
            orchflow.terminate();
            assertThat(orchflow.log()).contains("stopped in ").doesNotContain("had to kill");
            assertThat(orchflow.leftovers()).isEmpty();
        }
        assertThat(orchflow("backup", file, "--data", data).exitCode()).isZero();
        assertThat(orchflow("restore", file, "--data", copy).exitCode()).isZero();
        assertRefused(
                orchflow("restore", file, "--data", copy),
                copy
                        + " holds a system already: move it away, or name another directory with --data");

        assertAllThere(Work.in(work.api.at(detached(copy).url()), work.workspaceId), swarmId);
        kill(copy);
        assertAllThere(Work.in(work.api.at(detached(copy).url()), work.workspaceId), swarmId);

        assertThat(orchflow("down", "--data", copy)).isEqualTo(new Run(0, "stopped\n", ""));
        assertThat(orchflow("down", "--data", copy).output())
                .isEqualTo("nothing runs on " + copy + "\n");
        assertThat(Files.readString(copy.resolve("logs/launcher.log")))
                .contains("stopped in ")
                .doesNotContain("had to kill");
        assertThat(leftovers(copy)).isEmpty();
    }

    /// What the command says about a system that runs.
    private static void assertRunning(Path data, Path file) throws Exception {
        String pid = Files.readString(data.resolve("lock")).strip();
        assertRefused(
                orchflow("up", "--data", data),
                "orchflow already runs on %s (process %s): stop it with ./orchflow down, or name another directory with --data"
                        .formatted(data, pid));
        assertRefused(
                orchflow("backup", file, "--data", data),
                "orchflow runs on %s (process %s): only a stopped system can be backed up; ./orchflow down stops it"
                        .formatted(data, pid));
        assertThat(orchflow("logs", "terminal", "--data", data).output()).contains("terminal");
        Run nonsense = orchflow("logs", "nonsense", "--data", data);
        assertThat(nonsense.exitCode()).isEqualTo(2);
        assertThat(nonsense.errors())
                .startsWith("orchflow: there is no log of 'nonsense' in")
                .endsWith(
                        "there are: auth, gateway, kafka, orchestration, postgres, redis, terminal, workspaces\n");
        assertThat(orchflow("doctor", "--data", data).output())
                .contains("a system runs there, process " + pid)
                .endsWith("all is there\n");
    }

    private static void assertAllThere(Work work, String swarmId) {
        work.awaitRunning(RUNNING);
        assertThat(work.swarm(swarmId).get("state").asText()).isEqualTo("COMPLETED");
        JsonNode conversations =
                work.api
                        .get("/api/conversations?workspaceId=" + work.workspaceId)
                        .expect(200)
                        .json();
        String messages = "/api/conversations/" + conversations.get(0).get("id").asText();
        assertThat(work.api.get(messages + "/messages").expect(200).body())
                .contains("Build me a REST API with auth");
        assertThat(
                        new String(
                                work.api.bytes("/api/workspaces/" + work.workspaceId + "/archive"),
                                StandardCharsets.ISO_8859_1))
                .contains("t.txt");
    }

    private static Run detached(Path data) throws Exception {
        Run up = orchflow("up", "--detach", "--port", "0", "--data", data);
        assertThat(up.exitCode()).as(up.output() + up.errors()).isZero();
        return up;
    }

    /// The launcher's sudden death; what it leaves is for the next one.
    private static void kill(Path data) throws IOException {
        long launcher = Long.parseLong(Files.readString(data.resolve("lock")).strip());
        ProcessHandle.of(launcher).orElseThrow().destroyForcibly();
        Await.until(
                "the end of the launcher",
                Duration.ofSeconds(5),
                () -> Orchflow.procFile(launcher, "cmdline").isEmpty());
    }

    private static List<String> leftovers(Path data) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.pid() != ProcessHandle.current().pid())
                .map(p -> p.pid() + " " + Orchflow.commandLine(p) + Orchflow.environment(p))
                .filter(words -> words.contains(data.toString()))
                .toList();
    }

    private static void assertRefused(Run run, String message) {
        assertThat(run).isEqualTo(new Run(1, "", "orchflow: " + message + "\n"));
    }

    private static Run orchflow(Object... arguments) throws Exception {
        var command = new ArrayList<>(List.of("./orchflow"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(command.toArray(String[]::new));
    }

    private static Run run(String... command) throws Exception {
        Path output = Files.createTempFile("orchflow", ".out");
        Path errors = Files.createTempFile("orchflow", ".err");
        Process process =
                new ProcessBuilder(command)
                        .directory(Orchflow.root().toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
        var run = new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
        Files.delete(output);
        Files.delete(errors);
        return run;
    }
}
