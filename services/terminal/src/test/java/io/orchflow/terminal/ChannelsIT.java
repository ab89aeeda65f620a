package io.orchflow.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchflow.access.Role;
import io.orchflow.events.Ids;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// All panes of a workspace on one socket.
class ChannelsIT {

    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = new TestSystem(Map.of("ORCHFLOW_ORIGINS", "http://127.0.0.1:8080"));
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void twoPanesOnOneSocketHaveTheirOwnBytesAndNumbers() {
        var left = counting(200_000);
        var right = counting(300_000);
        try (var viewer = system.watch()) {
            var one = viewer.open(1, left);
            var two = viewer.open(2_000_000_000, right);
            TestSystem.await(() -> one.has("exit") && two.has("exit"), () -> one + " " + two);
            assertThat(one.screen()).isEqualTo(counted(200_000));
            assertThat(two.screen()).isEqualTo(counted(300_000));
            assertThat(one.broken()).isNull();
            assertThat(two.broken()).isNull();
            assertThat(one.texts().getFirst().getString("paneId")).isEqualTo(left);
            assertThat(one.texts().getFirst().getString("role")).isEqualTo("driver");
            assertThat(two.texts().getFirst().getLong("seq")).isZero();

            var resumed = viewer.open(3, left, new JsonObject().put("from", 150_000));
            TestSystem.await(() -> resumed.has("exit"), resumed::toString);
            assertThat(resumed.texts().getFirst().getLong("seq")).isEqualTo(150_000);
            assertThat(resumed.screen()).isEqualTo(counted(200_000).substring(150_000));

            system.close(left);
            TestSystem.await(() -> closed(one, 1000), one::toString);
            TestSystem.await(() -> closed(resumed, 1000), resumed::toString);
            assertThat(two.has("closed")).isFalse();
            viewer.say(new JsonObject().put("type", "close").put("channel", 2_000_000_000));
            TestSystem.await(() -> closed(two, 1000), two::toString);
        }
        system.close(right);
    }

    @Test
    void inputGoesToItsPaneOnlyAndAViewersNowhere() {
        var first = system.open("cat");
        var second = system.open("cat");
        try (var viewer = system.watch();
                var guest = new WorkspaceViewer(system.panes(system.as("guest", Role.VIEWER)))) {
            var one = viewer.open(1, first);
            var two = viewer.open(2, second);
            var looking = viewer.open(3, first, new JsonObject().put("role", "viewer"));
            var guests = guest.open(1, first);
            TestSystem.await(
                    () -> List.of(one, two, looking, guests).stream().allMatch(t -> t.has("lease")),
                    () -> one + " " + two + " " + looking + " " + guests);
            assertThat(guests.texts().getFirst().getString("role")).isEqualTo("viewer");
            viewer.type(3, "from a viewer\r");
            guest.type(1, "from a guest\r");
            viewer.type(1, "to the first\r");
            viewer.type(2, "to the second\r");
            TestSystem.await(() -> guests.screen().contains("to the first"), guests::toString);
            TestSystem.await(() -> two.screen().contains("to the second"), two::toString);
            assertThat(one.screen()).doesNotContain("viewer", "guest", "second");
            assertThat(two.screen()).doesNotContain("viewer", "guest", "first");

            var size = new JsonObject().put("type", "resize").put("cols", 90).put("rows", 20);
            viewer.say(size.put("channel", 1));
            TestSystem.await(() -> guests.has("resize"), guests::toString);
            assertThat(two.has("resize")).isFalse();
            var take = new JsonObject().put("type", "lease").put("take", true);
            guest.say(take.put("channel", 1));
            TestSystem.await(() -> refused(guest, 1, 403), guest.others()::toString);
        }
        system.close(first);
        system.close(second);
    }

    @Test
    void aPaneThatFloodsDoesNotStopTheOthers() {
        var flood = system.open("sh", "-c", "stty raw -echo; head -c 1 > begun; exec yes");
        var quiet = system.open("cat");
        try (var viewer = system.watch()) {
            var loud = viewer.open(1, flood);
            var echo = viewer.open(2, quiet);
            TestSystem.await(() -> loud.has("lease") && echo.has("lease"), () -> loud + " " + echo);
            viewer.say(new JsonObject().put("type", "ack").put("channel", 1).put("seq", 0));
            viewer.type(1, "x");
            TestSystem.await(() -> loud.nextSeq() >= 1 << 20, loud::toString);
            for (int n = 0; n < 20; n++) {
                var line = "line " + n + ".";
                viewer.type(2, line + "\r");
                TestSystem.await(
                        Duration.ofSeconds(2), () -> echo.screen().contains(line), echo::toString);
            }
            assertThat(loud.output().length)
                    .as("output that is not acknowledged, repaints aside")
                    .isLessThanOrEqualTo(1 << 20);
            var second = viewer.open(3, flood);
            var before = second.nextSeq();
            TestSystem.await(() -> second.nextSeq() > before + (4 << 20), second::toString);
            viewer.type(2, "still\r");
            TestSystem.await(() -> echo.screen().contains("still"), echo::toString);
            assertThat(second.broken()).isNull();
        }
        system.close(flood);
        system.close(quiet);
    }

    @Test
    void aLargePasteArrivesWholeAndLetsOthersType() {
        var paste = new Paste(2 << 20);
        var pasting = system.open("sh", "-c", Paste.COMMAND);
        var other = system.open("cat");
        try (var viewer = system.watch()) {
            var pane = viewer.open(1, pasting);
            var echo = viewer.open(2, other);
            TestSystem.await(
                    () -> pane.screen().contains("ready") && echo.has("lease"), pane::toString);
            paste.parts().forEach(part -> viewer.input(1, part));
            viewer.type(2, "during the paste\r");
            TestSystem.await(() -> echo.screen().contains("during the paste"), echo::toString);
            TestSystem.await(
                    Duration.ofSeconds(60),
                    () -> pane.screen().contains(paste.digest()),
                    pane::toString);
            assertThat(viewer.others()).isEmpty();
        }
        system.close(pasting);
        system.close(other);
    }

    @Test
    void aChannelThatCannotBeHadEndsAndTheSocketStays() {
        var pane = system.open("cat");
        var elsewhere = paneOf(system.startWorkspace("elsewhere"));
        try (var guest = new WorkspaceViewer(system.panes(system.as("guest", Role.VIEWER)))) {
            var driving = guest.open(1, pane, new JsonObject().put("role", "driver"));
            TestSystem.await(() -> closed(driving, 4403), driving::toString);
            for (var paneId : List.of(Ids.next(), elsewhere)) {
                var none = guest.open(2, paneId);
                TestSystem.await(() -> closed(none, 4404), none::toString);
            }
            var one = guest.open(3, pane);
            TestSystem.await(() -> one.has("hello"), one::toString);
            guest.type(99, "lost");
            TestSystem.await(() -> refused(guest, 99, 400), guest.others()::toString);
            guest.say(new JsonObject().put("type", "ping").put("id", "a"));
            TestSystem.await(
                    () ->
                            guest.others()
                                    .contains(new JsonObject("{\"type\":\"pong\",\"id\":\"a\"}")),
                    guest.others()::toString);
            assertThat(guest.closed()).isNotDone();
        }
        system.close(pane);
    }

    @Test
    void aSocketHasSoManyChannelsAndNotOneMore() {
        var pane = system.open("cat");
        try (var viewer = system.watch()) {
            for (int channel = 1; channel <= 65; channel++) {
                viewer.open(channel, pane);
            }
            TestSystem.await(() -> refused(viewer, 65, 409), viewer.others()::toString);
            TestSystem.await(() -> viewer.channel(64).has("lease"), () -> "no lease");
            viewer.say(new JsonObject().put("type", "close").put("channel", 64));
            TestSystem.await(() -> closed(viewer.channel(64), 1000), () -> "not closed");
            var late = viewer.open(65, pane);
            TestSystem.await(() -> late.has("hello"), late::toString);
        }
        system.close(pane);
    }

    @Test
    void aTicketIsGoodOnceAndAtItsOwnDoor() throws Exception {
        var pane = system.open("cat");
        var stream = system.panes(system.member());
        var paneStream = system.stream(pane);
        var secret = stream.replaceAll(".*ticket=", "");
        try (var first = new WorkspaceViewer(stream);
                var second = new WorkspaceViewer(stream);
                var wrong =
                        new WorkspaceViewer(
                                paneStream.replace("/pane/" + pane + "/stream", "/stream"));
                var none = new WorkspaceViewer(stream.replaceAll("\\?.*", ""));
                var used =
                        PaneViewer.attach(paneStream.replaceAll("ticket=.*", "ticket=" + secret))) {
            for (var viewer : List.of(second, wrong, none)) {
                assertThat(viewer.closed().get(5, TimeUnit.SECONDS)).isEqualTo(4401);
                assertThat(viewer.others()).isEmpty();
            }
            assertThat(used.closed().get(5, TimeUnit.SECONDS)).isEqualTo(4401);
            var one = first.open(1, pane);
            TestSystem.await(() -> one.has("hello"), one::toString);
        }
        var body = Map.of("workspaceId", system.workspaceId);
        system.stranger().body(body).post("/api/terminal/tickets").then().statusCode(404);
        system.member().body(Map.of()).post("/api/terminal/tickets").then().statusCode(400);
        system.close(pane);
    }

    @Test
    void theEndOfASessionOrAWorkspaceClosesTheSocket() throws Exception {
        var pane = system.open("cat");
        try (var leaving = new WorkspaceViewer(system.panes(system.as("leaving", Role.MEMBER)));
                var staying = system.watch()) {
            var one = leaving.open(1, pane);
            TestSystem.await(() -> one.has("hello"), one::toString);
            system.revoke("leaving");
            assertThat(leaving.closed().get(1, TimeUnit.SECONDS)).isEqualTo(4403);
            var other = staying.open(1, pane);
            TestSystem.await(() -> other.has("hello"), other::toString);
        }
        var stopped = system.startWorkspace("stopped");
        var url = system.panes(system.member(), stopped);
        try (var viewer = new WorkspaceViewer(url)) {
            var one = viewer.open(1, paneOf(stopped));
            TestSystem.await(() -> one.has("hello"), one::toString);
            system.stopWorkspace(stopped);
            assertThat(viewer.closed().get(5, TimeUnit.SECONDS)).isEqualTo(1012);
        }
        system.close(pane);
    }

    private static String paneOf(String workspaceId) {
        return system.member()
                .body(Map.of("workspaceId", workspaceId))
                .post("/api/terminal/pane")
                .path("paneId");
    }

    private static String counting(int total) {
        return system.open(
                "sh", "-c", "stty raw -echo; seq -w 0 99999 | head -c \"$0\"", "" + total);
    }

    private static String counted(int total) {
        var text = new StringBuilder();
        for (int n = 0; text.length() < total; n++) {
            text.append(String.format("%05d\n", n));
        }
        return text.substring(0, total);
    }

    private static boolean closed(PaneTranscript channel, int code) {
        return channel.has(
                frame ->
                        "closed".equals(frame.getString("type"))
                                && frame.getInteger("code") == code);
    }

    private static boolean refused(WorkspaceViewer viewer, int channel, int status) {
        return viewer.others().stream()
                .anyMatch(
                        frame ->
                                frame.getString("type").equals("error")
                                        && frame.getInteger("channel", 0) == channel
                                        && frame.getJsonObject("problem").getInteger("status")
                                                == status);
    }
}
