package io.orchflow.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Cuts, slow readers and a killed service: nothing of a pane's output is lost in silence.
class ResumeIT {

    /// A raw tty, so that what comes out is what was written; with pauses, so that a viewer who
    /// keeps coming back stays within the ring.
    private static final String WRITER =
            """
            const total = Number(process.argv[1]), pause = Number(process.argv[2] ?? 10), chunk = 50000;
            let n = 0, at = 0;
            const step = () => {
              let out = '';
              while (out.length < chunk && at + out.length < total) out += (n++) + '\\n';
              at += out.length;
              process.stdout.write(out, () => at < total ? setTimeout(step, pause) : process.exit(0));
            };
            step();
            """;

    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = new TestSystem(Map.of("ORCHFLOW_ATTACHMENT_PATIENCE", "2s"));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aViewerWhoIsCutAgainAndAgainSeesEveryByteOnce() {
        var paneId =
                system.open("sh", "-c", "stty raw -echo; exec node -e \"$0\" 6000000 40", WRITER);
        var all = new ByteArrayOutputStream();
        long from = 0;
        for (int round = 0; round < 200; round++) {
            try (var viewer = PaneViewer.attach(system.stream(paneId) + "&from=" + from)) {
                var least = from + 400_000;
                TestSystem.await(
                        Duration.ofSeconds(20),
                        () -> viewer.nextSeq() >= least || viewer.has("exit"),
                        () -> "at " + viewer.nextSeq());
                var ended = viewer.has("exit");
                viewer.cut();
                assertThat(viewer.broken()).isNull();
                assertThat(viewer.repaints()).isZero();
                // Once: more may come in until the socket is gone.
                var output = viewer.output();
                all.writeBytes(output);
                from += output.length;
                if (ended) {
                    break;
                }
            }
        }
        assertThat(written(all.toByteArray())).isEqualTo(expected(6_000_000));
        system.close(paneId);
    }

    @Test
    void whoWasAwayForLongerThanTheRingHoldsGetsASnapshot() {
        var paneId = system.open("sh", "-c", "stty raw -echo; exec node -e \"$0\" 5000000", WRITER);
        try (var viewer = system.attach(paneId)) {
            TestSystem.await(Duration.ofSeconds(20), () -> viewer.has("exit"), viewer::toString);
            assertThat(viewer.nextSeq()).isGreaterThanOrEqualTo(5_000_000);
        }
        try (var late = PaneViewer.attach(system.stream(paneId) + "&from=10")) {
            TestSystem.await(() -> late.has("exit"), () -> late.texts().toString());
            assertThat(late.repaints()).isEqualTo(1);
            assertThat(late.broken()).isNull();
        }
        system.close(paneId);
    }

    @Test
    void aViewerWhoTakesNothingIsDisconnectedAndHurtsNobody() throws Exception {
        var paneId =
                system.open("sh", "-c", "stty raw -echo; exec node -e \"$0\" 20000000", WRITER);
        try (var stuck = PaneViewer.attachWithoutReading(system.stream(paneId));
                var quick = system.attach(paneId)) {
            TestSystem.await(
                    Duration.ofSeconds(30), () -> quick.has("exit"), () -> "at " + quick.nextSeq());
            assertThat(quick.repaints()).isZero();
            assertThat(quick.nextSeq()).isGreaterThanOrEqualTo(20_000_000);
            stuck.read();
            assertThat(stuck.closed().get(15, TimeUnit.SECONDS)).isIn(4408, 1006);
            assertThat(stuck.output().length).isLessThan(20_000_000);
        }
        system.close(paneId);
    }

    @Test
    void aKilledServiceLosesNothing() {
        var paneId = system.open("sh", "-c", "stty raw -echo; exec node -e \"$0\" 3000000", WRITER);
        var all = new ByteArrayOutputStream();
        try (var viewer = system.attach(paneId)) {
            TestSystem.await(() -> viewer.nextSeq() > 300_000, () -> "at " + viewer.nextSeq());
            system.terminal.kill();
            TestSystem.await(() -> viewer.closed().isDone(), () -> "still open");
            all.writeBytes(viewer.output());
        }
        system.terminal.startAgain();
        try (var viewer = PaneViewer.attach(system.stream(paneId) + "&from=" + all.size())) {
            TestSystem.await(Duration.ofSeconds(20), () -> viewer.has("exit"), viewer::toString);
            assertThat(viewer.broken()).isNull();
            if (viewer.repaints() == 0) {
                all.writeBytes(viewer.output());
                assertThat(written(all.toByteArray())).isEqualTo(expected(3_000_000));
            } else {
                assertThat(viewer.nextSeq()).isGreaterThanOrEqualTo(3_000_000);
            }
        }
        system.close(paneId);
    }

    @Test
    void anOrderlyEndSendsViewersElsewhere() throws Exception {
        var paneId = system.open("cat");
        try (var viewer = system.attach(paneId)) {
            TestSystem.await(() -> viewer.has("hello"), () -> "no hello");
            system.terminal.stop();
            assertThat(viewer.closed().get(5, TimeUnit.SECONDS)).isEqualTo(1012);
        } finally {
            system.terminal.startAgain();
        }
        try (var viewer = system.attach(paneId)) {
            viewer.type("back\r");
            TestSystem.await(() -> viewer.screen().contains("back"), viewer::screen);
        }
        system.close(paneId);
    }

    private static String written(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String expected(int total) {
        var text = new StringBuilder();
        for (int n = 0; text.length() < total; n++) {
            text.append(n).append('\n');
        }
        return text.toString();
    }
}
