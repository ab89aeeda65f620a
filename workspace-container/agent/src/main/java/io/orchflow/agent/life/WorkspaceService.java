package io.orchflow.agent.life;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orchflow.agent.repository.WorkspaceRepository;
import io.orchflow.agent.sandbox.Sandboxes;
import io.orchflow.agent.server.AgentService;
import io.orchflow.agent.server.Caller;
import io.orchflow.agent.workspace.Epoch;
import io.orchflow.agent.workspace.WorkspaceConfig;
import io.orchflow.workspace.v1.ArchiveRequest;
import io.orchflow.workspace.v1.Chunk;
import io.orchflow.workspace.v1.DescribeRequest;
import io.orchflow.workspace.v1.Isolation;
import io.orchflow.workspace.v1.ShutdownReply;
import io.orchflow.workspace.v1.ShutdownRequest;
import io.orchflow.workspace.v1.UsageReport;
import io.orchflow.workspace.v1.UsageRequest;
import io.orchflow.workspace.v1.WorkspaceAgentGrpc;
import io.orchflow.workspace.v1.WorkspaceDescription;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The door to the workspace as a whole.
@Singleton
@Typed(AgentService.class)
class WorkspaceService extends WorkspaceAgentGrpc.WorkspaceAgentImplBase implements AgentService {

    private final WorkspaceConfig config;
    private final Epoch epoch;
    private final WorkspaceRepository repository;
    private final Sandboxes sandboxes;
    private final Usage usage;
    private final Ending ending;
    private final String teamId;

    WorkspaceService(
            WorkspaceConfig config,
            Epoch epoch,
            WorkspaceRepository repository,
            Sandboxes sandboxes,
            Usage usage,
            Ending ending,
            @ConfigProperty(name = "orchflow.team.id") String teamId) {
        this.config = config;
        this.epoch = epoch;
        this.repository = repository;
        this.sandboxes = sandboxes;
        this.usage = usage;
        this.ending = ending;
        this.teamId = teamId;
    }

    @Override
    public void describe(DescribeRequest request, StreamObserver<WorkspaceDescription> answers) {
        boolean isolated = sandboxes.mode().isolated();
        answers.onNext(
                WorkspaceDescription.newBuilder()
                        .setWorkspaceId(config.id())
                        .setTeamId(teamId)
                        .setName(config.name())
                        .setIsolation(
                                isolated
                                        ? Isolation.ISOLATION_NAMESPACES
                                        : Isolation.ISOLATION_NONE)
                        .setAgentEpoch(epoch.number())
                        .setMainCommit(mainCommit())
                        .setNotice(sandboxes.notice())
                        .build());
        answers.onCompleted();
    }

    @Override
    public void usage(UsageRequest request, StreamObserver<UsageReport> answers) {
        try {
            answers.onNext(usage.report(Caller.connection()));
            answers.onCompleted();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.asRuntimeException();
        }
    }

    @Override
    public void archive(ArchiveRequest request, StreamObserver<Chunk> answers) {
        var call = (ServerCallStreamObserver<Chunk>) answers;
        Semaphore ready = new Semaphore(0);
        Thread writer = Thread.ofVirtual().name("archive").unstarted(() -> zip(call, ready));
        call.setOnReadyHandler(ready::release);
        call.setOnCancelHandler(writer::interrupt);
        writer.start();
    }

    @Override
    public void shutdown(ShutdownRequest request, StreamObserver<ShutdownReply> answers) {
        ending.endPanes();
        answers.onNext(ShutdownReply.getDefaultInstance());
        answers.onCompleted();
        ending.exit();
    }

    private void zip(ServerCallStreamObserver<Chunk> call, Semaphore ready) {
        try {
            repository.repository().zip(repository.main().head(), new ChunkStream(call, ready));
            call.onCompleted();
        } catch (IOException e) {
            if (!call.isCancelled()) {
                call.onError(Status.INTERNAL.withDescription(e.getMessage()).asRuntimeException());
            }
        }
    }

    private String mainCommit() {
        try {
            return repository.main().head();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Waits for the stream to take more, so that an archive never lies in memory.
    private static final class ChunkStream extends OutputStream {

        private final ServerCallStreamObserver<Chunk> call;
        private final Semaphore ready;

        ChunkStream(ServerCallStreamObserver<Chunk> call, Semaphore ready) {
            this.call = call;
            this.ready = ready;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                while (!call.isReady()) {
                    ready.acquire();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the caller has left", e);
            }
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            call.onNext(Chunk.newBuilder().setData(UnsafeByteOperations.unsafeWrap(copy)).build());
        }
    }
}
