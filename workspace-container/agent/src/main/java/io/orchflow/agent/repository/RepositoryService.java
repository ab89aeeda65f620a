package io.orchflow.agent.repository;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orchflow.agent.repository.Checks.Check;
import io.orchflow.agent.repository.Checks.Originals;
import io.orchflow.agent.repository.Checks.Outcome;
import io.orchflow.agent.repository.ScratchTree.TreeEntry;
import io.orchflow.agent.server.AgentService;
import io.orchflow.workspace.v1.CheckEvent;
import io.orchflow.workspace.v1.CheckRequest;
import io.orchflow.workspace.v1.CheckResult;
import io.orchflow.workspace.v1.Chunk;
import io.orchflow.workspace.v1.CommitMergeRequest;
import io.orchflow.workspace.v1.CommittedMerge;
import io.orchflow.workspace.v1.DiffRequest;
import io.orchflow.workspace.v1.ListFilesReply;
import io.orchflow.workspace.v1.ListFilesRequest;
import io.orchflow.workspace.v1.LogReply;
import io.orchflow.workspace.v1.LogRequest;
import io.orchflow.workspace.v1.PrepareMergeRequest;
import io.orchflow.workspace.v1.PreparedMerge;
import io.orchflow.workspace.v1.ReadFileReply;
import io.orchflow.workspace.v1.ReadFileRequest;
import io.orchflow.workspace.v1.RepositoryGrpc;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The gRPC service `Repository`.
@Singleton
@Typed(AgentService.class)
public class RepositoryService extends RepositoryGrpc.RepositoryImplBase implements AgentService {

    private static final int DEFAULT_TIMEOUT = 300;
    private static final int LONGEST_TIMEOUT = 3600;

    private final BareRepository repository;
    private final MainBranch main;
    private final Checks checks;

    RepositoryService(WorkspaceRepository workspace) {
        this.repository = workspace.repository();
        this.main = workspace.main();
        this.checks = workspace.checks();
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckEvent> observer) {
        PacedObserver<CheckEvent> paced =
                new PacedObserver<>((ServerCallStreamObserver<CheckEvent>) observer);
        Check check;
        try {
            check = check(request);
        } catch (Refusal e) {
            observer.onError(Calls.status(e));
            return;
        }
        Checks.Run run = checks.start(check);
        paced.onCancel(run::cancel);
        Calls.stream(
                paced,
                () -> {
                    repository.require(check.commit());
                    if (!check.originals().paths().isEmpty()) {
                        repository.require(check.originals().commit());
                    }
                    Outcome outcome =
                            run.run(
                                    data ->
                                            paced.onNext(
                                                    CheckEvent.newBuilder()
                                                            .setOutput(ByteString.copyFrom(data))
                                                            .build()));
                    paced.onNext(CheckEvent.newBuilder().setResult(result(outcome)).build());
                });
    }

    private static Check check(CheckRequest request) {
        int seconds =
                request.getTimeoutSeconds() == 0 ? DEFAULT_TIMEOUT : request.getTimeoutSeconds();
        if (seconds < 1 || seconds > LONGEST_TIMEOUT) {
            throw Refusal.badInput("timeout_seconds", Integer.toString(seconds));
        }
        if (request.getCommand().isBlank()) {
            throw Refusal.badInput("command", "empty");
        }
        Map<String, byte[]> overlay = new HashMap<>();
        request.getOverlayMap()
                .forEach(
                        (path, content) ->
                                overlay.put(Names.path("overlay", path), content.toByteArray()));
        return new Check(
                Names.commit("commit", request.getCommit()),
                request.getCommand(),
                Duration.ofSeconds(seconds),
                request.getEnvironmentMap(),
                originals(request),
                overlay);
    }

    private static Originals originals(CheckRequest request) {
        if (request.getOriginalsCount() == 0) {
            return Originals.NONE;
        }
        return new Originals(
                Names.commit("originals_commit", request.getOriginalsCommit()),
                request.getOriginalsList().stream()
                        .map(path -> Names.path("originals", path))
                        .toList());
    }

    private static CheckResult result(Outcome outcome) {
        return CheckResult.newBuilder()
                .setExitCode(outcome.exitCode())
                .setOutputSha256(outcome.outputSha256())
                .setOutputBytes(outcome.outputBytes())
                .setElapsedMillis(outcome.elapsed().toMillis())
                .setAssurance(outcome.assurance())
                .build();
    }

    @Override
    public void prepareMerge(PrepareMergeRequest request, StreamObserver<PreparedMerge> observer) {
        Calls.unary(
                observer,
                () -> {
                    MainBranch.Prepared prepared =
                            main.prepare(
                                    Names.commit("commit", request.getCommit()),
                                    request.getSubject());
                    return PreparedMerge.newBuilder()
                            .setExpectedMain(prepared.main())
                            .setMergedCommit(prepared.merged())
                            .addAllConflictingPaths(prepared.conflicts())
                            .build();
                });
    }

    @Override
    public void commitMerge(CommitMergeRequest request, StreamObserver<CommittedMerge> observer) {
        Calls.unary(
                observer,
                () -> {
                    MainBranch.Merged merged =
                            main.commit(
                                    Names.commit("expected_main", request.getExpectedMain()),
                                    Names.commit("merged_commit", request.getMergedCommit()));
                    return CommittedMerge.newBuilder()
                            .setMainCommit(merged.main())
                            .setCheckoutNotice(merged.notice())
                            .build();
                });
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<Chunk> observer) {
        PacedObserver<Chunk> paced =
                new PacedObserver<>((ServerCallStreamObserver<Chunk>) observer);
        Calls.stream(
                paced,
                () -> {
                    String base = repository.require(Names.commit("base", request.getBase()));
                    String commit = repository.require(Names.commit("commit", request.getCommit()));
                    repository.diff(
                            base,
                            commit,
                            data ->
                                    paced.onNext(
                                            Chunk.newBuilder()
                                                    .setData(ByteString.copyFrom(data))
                                                    .build()));
                });
    }

    @Override
    public void log(LogRequest request, StreamObserver<LogReply> observer) {
        Calls.unary(
                observer,
                () -> {
                    String base = repository.require(Names.commit("base", request.getBase()));
                    String commit = repository.require(Names.commit("commit", request.getCommit()));
                    LogReply.Builder reply = LogReply.newBuilder();
                    repository.log(base, commit).forEach(entry -> reply.addCommits(commit(entry)));
                    return reply.build();
                });
    }

    private static LogReply.Commit commit(BareRepository.LogEntry entry) {
        return LogReply.Commit.newBuilder()
                .setCommit(entry.commit())
                .setSubject(entry.subject())
                .setAuthor(entry.author())
                .setAuthoredAt(entry.authoredAt())
                .build();
    }

    @Override
    public void readFile(ReadFileRequest request, StreamObserver<ReadFileReply> observer) {
        Calls.unary(
                observer,
                () -> {
                    byte[] content =
                            repository.file(
                                    commitOrMain(request.getCommit()),
                                    Names.path("path", request.getPath()));
                    return ReadFileReply.newBuilder()
                            .setContent(ByteString.copyFrom(content))
                            .build();
                });
    }

    @Override
    public void listFiles(ListFilesRequest request, StreamObserver<ListFilesReply> observer) {
        Calls.unary(
                observer,
                () -> {
                    ListFilesReply.Builder reply = ListFilesReply.newBuilder();
                    for (TreeEntry entry : repository.entries(commitOrMain(request.getCommit()))) {
                        reply.addPaths(entry.path());
                        if (entry.link()) {
                            reply.putLinks(entry.path(), repository.target(entry));
                        } else if (entry.submodule()) {
                            reply.addSubmodules(entry.path());
                        }
                    }
                    return reply.build();
                });
    }

    private String commitOrMain(String commit) throws IOException {
        return commit.isEmpty() ? main.head() : repository.require(Names.commit("commit", commit));
    }
}
