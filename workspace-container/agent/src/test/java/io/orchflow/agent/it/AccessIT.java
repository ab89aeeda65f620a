package io.orchflow.agent.it;

import static io.orchflow.agent.it.RunningAgent.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.orchflow.workspace.v1.AcknowledgeRequest;
import io.orchflow.workspace.v1.ArchiveRequest;
import io.orchflow.workspace.v1.ClosePaneRequest;
import io.orchflow.workspace.v1.DescribeRequest;
import io.orchflow.workspace.v1.JournalEntry;
import io.orchflow.workspace.v1.JournalGrpc;
import io.orchflow.workspace.v1.ListPanesRequest;
import io.orchflow.workspace.v1.OpenPaneRequest;
import io.orchflow.workspace.v1.Pane;
import io.orchflow.workspace.v1.PanesGrpc;
import io.orchflow.workspace.v1.ReadJournalRequest;
import io.orchflow.workspace.v1.UsageReport;
import io.orchflow.workspace.v1.UsageRequest;
import io.orchflow.workspace.v1.WorkspaceAgentGrpc;
import io.orchflow.workspace.v1.WorkspaceDescription;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Doors: who gets in, what is refused, and the calls about the workspace as a whole.
class AccessIT {

    private static RunningAgent agent;

    @BeforeAll
    static void start() throws Exception {
        agent = RunningAgent.start();
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
    }

    @Test
    void everyServiceMayAskWhoThisIsAndNoMoreThanItsTableSays() {
        for (String service : List.of("terminal", "workspaces", "orchestration", "gateway")) {
            WorkspaceDescription description =
                    WorkspaceAgentGrpc.newBlockingStub(agent.as(service))
                            .describe(DescribeRequest.getDefaultInstance());
            assertEquals(agent.workspaceId(), description.getWorkspaceId());
            assertEquals("team-1", description.getTeamId());
            assertTrue(description.getMainCommit().matches("[0-9a-f]{40}"));
        }
        refused(Status.Code.PERMISSION_DENIED, () -> list("gateway"));
        refused(Status.Code.PERMISSION_DENIED, () -> list("workspaces"));
        refused(Status.Code.PERMISSION_DENIED, () -> open("orchestration", "sh"));
        list("orchestration");
    }

    @Test
    void badRequestsNameTheFieldAndUnknownPanesAreNotFound() {
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> open(OpenPaneRequest.newBuilder().setOpener(user("ann")).setCols(1)));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> open(OpenPaneRequest.newBuilder().setOpener(user("ann")).setCwd("../..")));
        refused(Status.Code.INVALID_ARGUMENT, () -> open(OpenPaneRequest.newBuilder()));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> open(OpenPaneRequest.newBuilder().setOpener(user("ann")).addCommand("a\0b")));
        refused(
                Status.Code.NOT_FOUND,
                () ->
                        agent.panes()
                                .close(
                                        ClosePaneRequest.newBuilder()
                                                .setPaneId("no-such-pane")
                                                .setBy(user("ann"))
                                                .build()));
    }

    @Test
    void aProgramThatIsNotThereExits127() {
        Pane pane = agent.open(user("ann"), "/no/such/program");
        RunningAgent.await(5, () -> agent.pane(pane.getPaneId()).getExitCode() == 127);
    }

    @Test
    void whatHappenedIsInTheJournal() {
        Pane pane = agent.open(user("ann"), "/bin/sh", "-c", "exit 9");
        RunningAgent.await(5, () -> agent.pane(pane.getPaneId()).getExitCode() == 9);
        var journal = JournalGrpc.newBlockingStub(agent.as("terminal"));
        var entries = journal.read(ReadJournalRequest.newBuilder().setFollow(true).build());
        JournalEntry opened = next(entries, pane);
        JournalEntry exited = next(entries, pane);

        assertEquals(80, opened.getOpened().getCols());
        assertEquals("ann", opened.getActor().getId());
        assertEquals(9, exited.getExited().getExitCode());
        assertTrue(exited.getNumber() > opened.getNumber());
        var _ =
                journal.acknowledge(
                        AcknowledgeRequest.newBuilder().setUpToNumber(exited.getNumber()).build());
    }

    @Test
    void usageIsWhatTheKernelCounts() {
        var _ = agent.open(user("ann"), "/bin/sh", "-c", "while :; do :; done");
        var workspace = WorkspaceAgentGrpc.newBlockingStub(agent.as("workspaces"));

        UsageReport usage = workspace.usage(UsageRequest.getDefaultInstance());

        assertTrue(usage.getProcesses() >= 5, usage.toString());
        assertTrue(usage.getCpuCores() > 0.05, usage.toString());
        assertTrue(usage.getMemoryBytes() > 10_000_000, usage.toString());
        assertTrue(usage.getDiskBytes() > 10_000, usage.toString());
    }

    @Test
    void theArchiveIsAZipOfTheMainBranch() throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        WorkspaceAgentGrpc.newBlockingStub(agent.as("workspaces"))
                .archive(ArchiveRequest.getDefaultInstance())
                .forEachRemaining(chunk -> zip.writeBytes(chunk.getData().toByteArray()));

        // Nothing was committed yet: a zip without entries is its end record alone.
        assertTrue(zip.size() >= 22);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.toByteArray()))) {
            in.getNextEntry();
        }
    }

    @Test
    void theAgentListensOnOnePortOnly() throws Exception {
        Process ss = new ProcessBuilder("ss", "-Hltnp").redirectErrorStream(true).start();
        String listening = new String(ss.getInputStream().readAllBytes(), UTF_8);
        List<String> mine =
                listening
                        .lines()
                        .filter(line -> line.contains("pid=" + agent.pid() + ","))
                        .toList();

        assertEquals(1, mine.size(), listening);
        assertTrue(mine.getFirst().contains("127.0.0.1"), mine.getFirst());
        String endpoint = Files.readString(agent.runtime().resolve("endpoint.json"));
        assertTrue(endpoint.contains("\"team-1\""));
    }

    private static JournalEntry next(java.util.Iterator<JournalEntry> entries, Pane pane) {
        while (true) {
            JournalEntry entry = entries.next();
            if (entry.getPaneId().equals(pane.getPaneId())) {
                return entry;
            }
        }
    }

    private static void list(String service) {
        var _ =
                PanesGrpc.newBlockingStub(agent.as(service))
                        .list(ListPanesRequest.getDefaultInstance());
    }

    private static void open(String service, String command) {
        var _ =
                PanesGrpc.newBlockingStub(agent.as(service))
                        .open(
                                OpenPaneRequest.newBuilder()
                                        .setOpener(user("ann"))
                                        .addCommand(command)
                                        .build());
    }

    private static void open(OpenPaneRequest.Builder request) {
        var _ = agent.panes().open(request.build());
    }

    private static void refused(Status.Code code, Executable call) {
        StatusRuntimeException e = assertThrows(StatusRuntimeException.class, call);
        assertEquals(code, e.getStatus().getCode(), e.getMessage());
    }
}
