package io.orchflow.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a command in a sandbox can and cannot reach, tried on this machine's kernel.
class SandboxTest {

    private static final int UID = 0x7800_0000 + 7;

    private TestPlace place;
    private Path workspace;

    SandboxTest() throws IOException {
        place = new TestPlace();
        workspace = place.workspace("mine", UID);
    }

    @BeforeEach
    void namespaces() {
        assumeTrue(place.sandboxes().mode().isolated(), place.sandboxes().notice());
    }

    @AfterEach
    void clean() throws IOException {
        place.close();
    }

    private Subprocess.Finished run(String script) throws IOException {
        return place.run(workspace, UID, script);
    }

    private void assertRefused(String script) throws IOException {
        Subprocess.Finished finished = run("( " + script + " ) >/dev/null 2>&1 && echo reached");
        assertEquals("", finished.text(), () -> script + " was not refused");
    }

    @Test
    void commandWorksInItsWorkspace() throws IOException {
        Subprocess.Finished finished =
                run("pwd; echo made > file; echo $HOME; touch ~/a /tmp/b; exit 7");

        assertEquals("/workspace\n/home/agent\n", finished.text(), finished.errors());
        assertEquals(7, finished.exitCode());
        assertEquals("made\n", Files.readString(workspace.resolve("file")));
    }

    @Test
    void signalIsSeenInTheExitCode() throws IOException {
        assertEquals(128 + 15, run("kill -TERM $$").exitCode());
    }

    @Test
    void environmentHoldsOnlyWhatWasGiven() throws IOException {
        String names = run("compgen -e | sort | tr '\\n' ' '").text().strip();

        assertEquals("HOME LANG LOGNAME MARK OLDPWD PATH PWD SHELL SHLVL USER", names);
    }

    @Test
    void hostIsOutOfSight() throws IOException {
        Path secret = Files.writeString(place.root().resolve("secret"), "secret");
        Path other = place.workspace("other", UID + 1);
        Files.writeString(other.resolve("work"), "work");

        assertRefused("cat " + secret);
        assertRefused("ls " + other);
        assertRefused("ls " + place.root());
        assertRefused("ls /root || ls /work || ls /home/* -d | grep -v agent");
        assertRefused("cat /etc/shadow");
        assertRefused("test -e /sys/kernel");
        assertRefused("ls /dev/pts/[0-9]*");
        assertRefused("ls /dev/vda || ls /dev/sda || ls /dev/mem");
    }

    @Test
    void tmuxSocketAndOtherTerminalsAreRefused() throws Exception {
        Path socket = place.root().resolve("tmux");
        String[] tmux = {"tmux", "-S", socket.toString(), "-f", "/dev/null"};
        command(tmux, "new-session", "-d", "sleep 100");
        try {
            String terminal = command(tmux, "display-message", "-p", "#{pane_tty}").strip();

            assertTrue(Files.exists(Path.of(terminal)));
            assertRefused("tmux -S " + socket + " ls");
            assertRefused("echo x > " + terminal);
            assertRefused("cat /proc/" + ProcessHandle.current().pid() + "/environ");
        } finally {
            command(tmux, "kill-server");
        }
    }

    private static String command(String[] first, String... rest) throws IOException {
        List<String> argv = new ArrayList<>(List.of(first));
        argv.addAll(List.of(rest));
        return Subprocess.run(
                        Subprocess.builder(argv, Map.of("PATH", "/usr/bin:/bin"), Path.of("/")),
                        null,
                        Duration.ofSeconds(5))
                .text();
    }

    @Test
    void networkHoldsNothingButItsOwnLoopback() throws IOException {
        try (ServerSocket host = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertRefused("exec 3<>/dev/tcp/127.0.0.1/" + host.getLocalPort());
            assertEquals(
                    "lo\n", run("sed -n 's/^ *\\([a-z0-9]*\\):.*/\\1/p' /proc/net/dev").text());
            assertEquals(
                    "heard\n",
                    run("""
                                    node -e "const s=require('net').createServer(c=>{console.log('heard');s.close();c.end()});
                                    s.listen(0,'127.0.0.1',()=>require('net').connect(s.address().port))"
                                    """)
                            .text());
        }
    }

    @Test
    void rightsAreGoneForGood() throws IOException {
        String status = run("grep -E '^(Cap|NoNewPrivs|Uid)' /proc/self/status").text();

        assertTrue(status.contains("NoNewPrivs:\t1"), status);
        assertTrue(
                status.lines()
                        .filter(line -> line.startsWith("Cap"))
                        .allMatch(line -> line.endsWith("\t0000000000000000")),
                status);
        assertFalse(status.contains("Uid:\t0"), status);
        assertRefused("touch /usr/x || touch /etc/x || touch /x || touch /run/orchflow/x");
        assertRefused("echo x > /proc/sys/kernel/core_pattern");
        assertRefused("echo x > /proc/sys/kernel/hostname");
        assertRefused("mount -t tmpfs x /tmp");
        assertRefused(
                "unshare -Ur sh -c 'umount -l /usr || mount -o remount,rw /usr || umount /proc'");
        assertRefused(
                "unshare -Ur --mount --pid --fork sh -c 'echo x > /proc/sys/kernel/core_pattern'");
        assertRefused("su -c true || sudo -n true");
        assertRefused("find / -xdev -perm -4000 -exec {} \\; -quit 2>&1 | grep -q uid=0");
    }

    @Test
    void processesOutsideAreOutOfReach() throws IOException {
        String pids = run("ls -d /proc/[0-9]* | wc -l").text().strip();

        assertTrue(Integer.parseInt(pids) < 10, pids);
        assertRefused("kill -0 " + ProcessHandle.current().pid());
    }

    @Test
    void nothingOfTheAgentIsOpenInIt() throws IOException {
        String open =
                run("for f in /proc/$$/fd/*; do readlink $f; done | grep -v -E 'pipe|/dev/null'")
                        .text();

        assertEquals("", open);
    }

    @Test
    void sandboxEndsWithItsHolder() throws Exception {
        String mark = "sleep 31415";
        Process process = place.start(workspace, UID, "setsid " + mark + " & wait");
        assertTrue(TestPlace.eventually(() -> TestPlace.running(mark) > 0));

        process.getOutputStream().close();

        assertTrue(TestPlace.eventually(() -> TestPlace.running(mark) == 0));
        assertTrue(TestPlace.eventually(() -> !process.isAlive()));
    }

    @Test
    void worksForAnOrdinaryUser() throws IOException {
        assumeTrue(place.sandboxes().mode() == SandboxMode.ROOT, "is run as one anyway");
        int uid = 54_321;
        SandboxSpec spec =
                place.spec(
                        SandboxSpec.Input.DATA,
                        workspace,
                        UID,
                        "id -u; touch mine /usr/x; grep -E 'CapEff|CapBnd' /proc/self/status; ls /dev/pts");
        Path run = place.root().resolve("run");
        List<String> leader = place.sandboxes().prepare(spec, run);
        Path file = Path.of(leader.getLast());
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("(?m)^mode=.*$", "mode='user'")
                        .replaceAll("(?m)^(uid|gid)=.*$", "$1='" + uid + "'"));
        Trees.giveTo(place.root(), uid);
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid",
                                "" + uid,
                                "--regid",
                                "" + uid,
                                "--clear-groups"));
        argv.addAll(leader);

        Subprocess.Finished finished =
                Subprocess.run(
                        Subprocess.builder(argv, Map.of("PATH", "/usr/bin:/bin"), Path.of("/")),
                        null,
                        Duration.ofSeconds(20));

        assertEquals(
                uid + "\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nptmx\n",
                finished.text(),
                finished.errors());
        assertTrue(Files.exists(workspace.resolve("mine")));
    }

    @Test
    void recipesAreThereWhateverTheirOwnersUmaskWas() throws IOException {
        Path recipes = Files.createDirectories(place.root().resolve("recipes").resolve("bin"));
        Path tool = Files.writeString(recipes.resolve("tool"), "#!/bin/sh\necho from the recipe\n");
        tool.toFile().setExecutable(true, true);
        Files.setPosixFilePermissions(recipes, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        Sandboxes sandboxes =
                new Sandboxes(
                        place.root().resolve("rt2"),
                        new Shown(place.root().resolve("recipes"), null));
        SandboxSpec plain =
                place.spec(
                        SandboxSpec.Input.DATA,
                        workspace,
                        UID,
                        "tool; touch /opt/orchflow/recipes/x");

        Subprocess.Finished finished =
                sandboxes.run(
                        new SandboxSpec(
                                plain.name(),
                                plain.input(),
                                UID,
                                "agent",
                                workspace,
                                null,
                                true,
                                Map.of(),
                                Map.of(),
                                plain.argv()),
                        null,
                        null,
                        Duration.ofSeconds(20));

        assertEquals("from the recipe\n", finished.text(), finished.errors());
        assertEquals(1, finished.exitCode());
    }
}
