package io.orchflow.agent.pane;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orchflow.agent.server.AgentService;
import io.orchflow.agent.workspace.WorkspaceConfig;
import io.orchflow.workspace.v1.AttachEvent;
import io.orchflow.workspace.v1.AttachRequest;
import io.orchflow.workspace.v1.ClosePaneReply;
import io.orchflow.workspace.v1.ClosePaneRequest;
import io.orchflow.workspace.v1.ListPanesReply;
import io.orchflow.workspace.v1.ListPanesRequest;
import io.orchflow.workspace.v1.OpenPaneRequest;
import io.orchflow.workspace.v1.PanesGrpc;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;

/// The panes' door.
@Singleton
@Typed(AgentService.class)
class PanesService extends PanesGrpc.PanesImplBase implements AgentService {

    private final PaneRegistry panes;
    private final PersonPane personPane;

    PanesService(PaneRegistry panes, WorkspaceConfig config, Instance<PersonSandbox> sandboxes) {
        this.panes = panes;
        this.personPane = new PersonPane(config, sandboxes.stream().findFirst());
    }

    @Override
    public void open(
            OpenPaneRequest request, StreamObserver<io.orchflow.workspace.v1.Pane> answers) {
        Pane pane = panes.launch(personPane.spec(request));
        answers.onNext(panes.get(pane.paneId()).describe());
        answers.onCompleted();
    }

    @Override
    public void list(ListPanesRequest request, StreamObserver<ListPanesReply> answers) {
        ListPanesReply.Builder reply = ListPanesReply.newBuilder();
        for (Pane pane : panes.all()) {
            reply.addPanes(((TmuxPane) pane).describe());
        }
        answers.onNext(reply.build());
        answers.onCompleted();
    }

    @Override
    public void close(ClosePaneRequest request, StreamObserver<ClosePaneReply> answers) {
        if (!panes.close(request.getPaneId(), Wire.principal(request.getBy()))) {
            throw Wire.noSuchPane(request.getPaneId());
        }
        answers.onNext(ClosePaneReply.getDefaultInstance());
        answers.onCompleted();
    }

    @Override
    public StreamObserver<AttachRequest> attach(StreamObserver<AttachEvent> events) {
        Attachment attachment =
                new Attachment(panes, (ServerCallStreamObserver<AttachEvent>) events);
        attachment.prepare();
        return attachment;
    }

    /// Sizes, titles and principals of a request, checked.
    static List<String> checkedArgv(List<String> argv) {
        for (String word : argv) {
            if (word.indexOf('\0') >= 0) {
                throw Wire.invalid("command holds a NUL character");
            }
        }
        if (!argv.isEmpty() && (argv.getFirst().isBlank() || argv.getFirst().contains("="))) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("command[0] is no program: " + argv.getFirst())
                    .asRuntimeException();
        }
        return argv;
    }
}
