package io.orchflow.agent.it;

import static io.orchflow.agent.it.RunningAgent.await;
import static io.orchflow.agent.it.RunningAgent.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.Pane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A viewer who gets a picture ends up with the screen of a viewer who never left. Both are played
/// into a terminal emulator (another tmux), and asked for screen, cursor and modes.
class SnapshotIT {

    /// Draws on both screens, with colours, wide characters, line drawing, a scroll region, tabs,
    /// modes, a half-written sequence, a half-written character and a pending wrap.
    private static final String[] PROGRAMS = {
        "printf 'plain\\r\\n\\033[1;31mred \\033[7mreverse    \\033[0m\\r\\n\\344\\275\\240\\345\\245\\275 wide\\r\\n'",
        "i=0; while [ $i -lt 90 ]; do printf '\\033[3%dmline %d\\033[m\\r\\n' $((i%8)) $i; i=$((i+1)); done",
        "printf 'below\\033[44m\\r\\nblue\\033[?1049h\\033[49m\\033[2J\\033[5;10Halternate\\033[7m bar \\033[K'",
        "printf '\\033(0lqqk\\033(B \\033[2;5r\\033[?6h\\033[3;3Hin region\\033[?1h\\033=\\033[?25l'",
        "printf '\\033[?1000h\\033[?1006h\\033[?2004h\\033[4 q\\033[1;33mpen stays yellow'",
        "printf '%080d' 7",
        "printf '\\033[32mgreen then a half \\033[4'",
        "printf 'half a character \\303'",
        "printf '\\033[3g\\033[1;10H\\033H\\033[1;30H\\033H\\033[5;1Htabs'",
        "printf '\\033[?7l\\033[4hinserts\\033[1;1H'"
    };

    private static RunningAgent agent;

    @BeforeAll
    static void start() throws Exception {
        agent = RunningAgent.start();
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void aPictureIsTheScreenOfWhoNeverLeft(int program) throws Exception {
        String draws = PROGRAMS[program];
        Pane pane =
                agent.open(
                        user("ann"),
                        "/bin/sh",
                        "-c",
                        "stty raw -echo; "
                                + draws
                                + "; dd bs=1 count=1 status=none of=/dev/null;"
                                + " printf '7mA\\244B\\tC\\r\\nafter'; printf .end; cat");
        followBoth(pane, viewer -> viewer.text().length() >= 3, "x", ".end");
    }

    @Test
    void vimLooksTheSame() throws Exception {
        Path main = Files.createDirectories(agent.workspace().resolve("main"));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append("int line").append(i).append(" = \"a string\"; /* comment */\n");
        }
        Path file = main.resolve("sample.c");
        Files.writeString(file, text);
        assertTrue(file.toFile().setReadable(true, false));
        Pane pane =
                agent.open(user("ann"), "vim", "-u", "NONE", "-n", "-c", "syntax on", "sample.c");
        followBoth(pane, viewer -> viewer.text().contains("line20"), "\033[B\033[B\006:5,9d\r", "");
    }

    private interface Ready {
        boolean test(TestViewer viewer);
    }

    private static void followBoth(Pane pane, Ready ready, String typed, String end)
            throws Exception {
        try (TestViewer always =
                TestViewer.driver(agent.as("terminal"), pane.getPaneId(), user("ann"), 0)) {
            await(5, () -> ready.test(always) && quiet(always));
            // A number that was never there: outside of the ring.
            try (TestViewer late =
                    TestViewer.watcher(
                            agent.as("terminal"), pane.getPaneId(), user("bob"), 1L << 50)) {
                AttachEvent snapshot = late.await(AttachEvent::hasSnapshot);
                always.type(typed);
                await(
                        5,
                        () ->
                                always.text().endsWith(end)
                                        && quiet(always)
                                        && late.next() == always.next());
                byte[] repaint = snapshot.getSnapshot().getRepaint().toByteArray();
                String whole = screen(always.bytes(), new byte[0]);
                assertEquals(whole, screen(repaint, late.bytes()));
            }
        }
    }

    // True when nothing has come for a tenth of a second.
    private static boolean quiet(TestViewer viewer) {
        long before = viewer.next();
        java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        return viewer.next() == before;
    }

    // What an emulator shows after these bytes: screen with attributes, cursor, modes.
    private static String screen(byte[] first, byte[] second) throws IOException {
        Path folder = Files.createTempDirectory("em");
        Path bytes = folder.resolve("bytes");
        Files.write(bytes, first);
        Files.write(bytes, second, java.nio.file.StandardOpenOption.APPEND);
        String socket = folder.resolve("s").toString();
        run(
                "tmux",
                "-u",
                "-S",
                socket,
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                "80",
                "-y",
                "24",
                "stty raw -echo; cat " + bytes + "; printf '\\033]0;done\\007'; sleep 60",
                ";",
                "set",
                "-g",
                "status",
                "off");
        await(
                5,
                () -> run("tmux", "-S", socket, "display", "-p", "#{pane_title}").contains("done"));
        String shown =
                run(
                        "tmux",
                        "-S",
                        socket,
                        "display",
                        "-p",
                        "#{cursor_x},#{cursor_y} alt=#{alternate_on} #{cursor_flag}"
                                + " #{insert_flag} #{keypad_cursor_flag} #{keypad_flag}"
                                + " #{mouse_standard_flag} #{mouse_sgr_flag} #{origin_flag}"
                                + " #{wrap_flag} #{scroll_region_upper},#{scroll_region_lower}"
                                + " #{pane_tabs} #{pane_width}x#{pane_height}",
                        ";",
                        "capture-pane",
                        "-p",
                        "-e",
                        "-N",
                        ";",
                        "capture-pane",
                        "-p",
                        "-a",
                        "-q");
        run("tmux", "-S", socket, "kill-server");
        return shown;
    }

    private static String run(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().remove("TMUX");
            Process process = builder.start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
