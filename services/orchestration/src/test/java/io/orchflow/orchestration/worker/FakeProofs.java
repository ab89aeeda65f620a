package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.orchflow.workspace.v1.CheckEvent;
import io.orchflow.workspace.v1.CheckRequest;
import io.orchflow.workspace.v1.CheckResult;
import io.orchflow.workspace.v1.CommitMergeRequest;
import io.orchflow.workspace.v1.CommittedMerge;
import io.orchflow.workspace.v1.LogReply;
import io.orchflow.workspace.v1.LogRequest;
import io.orchflow.workspace.v1.PrepareMergeRequest;
import io.orchflow.workspace.v1.PreparedMerge;
import io.orchflow.workspace.v1.RepositoryGrpc;

/// Checks and merges of the [FakeAgent]. A check is `has PATH` (0 where the file exists), `not
/// PATH`, `fail N`, or `hang`, which ends only with its stream.
final class FakeProofs extends RepositoryGrpc.RepositoryImplBase {
    private final FakeAgent agent;

    FakeProofs(FakeAgent agent) {
        this.agent = agent;
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckEvent> to) {
        if (request.getCommand().equals("hang")) {
            return;
        }
        int exitCode;
        try {
            exitCode = run(request);
        } catch (RuntimeException e) {
            to.onError(Status.NOT_FOUND.withDescription(e.getMessage()).asRuntimeException());
            return;
        }
        var output = request.getCommand() + " on " + request.getCommit();
        to.onNext(CheckEvent.newBuilder().setOutput(ByteString.copyFromUtf8(output)).build());
        to.onNext(
                CheckEvent.newBuilder()
                        .setResult(
                                CheckResult.newBuilder()
                                        .setExitCode(exitCode)
                                        .setOutputSha256("sha-of-" + output)
                                        .setOutputBytes(output.length())
                                        .setAssurance("sandboxed"))
                        .build());
        to.onCompleted();
    }

    private int run(CheckRequest request) {
        var files = agent.repository.files(request.getCommit());
        var words = request.getCommand().split(" ", 2);
        return switch (words[0]) {
            case "has" -> files.containsKey(words[1]) ? 0 : 1;
            case "not" -> files.containsKey(words[1]) ? 1 : 0;
            case "fail" -> Integer.parseInt(words[1]);
            default -> 127;
        };
    }

    @Override
    public void prepareMerge(PrepareMergeRequest request, StreamObserver<PreparedMerge> to) {
        agent.answer(
                "prepareMerge",
                null,
                "",
                to,
                () -> {
                    var merged = agent.repository.merge(request.getCommit());
                    return PreparedMerge.newBuilder()
                            .setExpectedMain(merged.expectedMain())
                            .setMergedCommit(merged.commit())
                            .addAllConflictingPaths(merged.conflicts())
                            .build();
                });
    }

    @Override
    public void commitMerge(CommitMergeRequest request, StreamObserver<CommittedMerge> to) {
        agent.answer(
                "commitMerge",
                null,
                "",
                to,
                () -> {
                    if (!agent.repository.tryMove(
                            request.getExpectedMain(), request.getMergedCommit())) {
                        throw Status.FAILED_PRECONDITION
                                .withDescription("main has moved")
                                .asRuntimeException();
                    }
                    return CommittedMerge.newBuilder()
                            .setMainCommit(request.getMergedCommit())
                            .build();
                });
    }

    @Override
    public void log(LogRequest request, StreamObserver<LogReply> to) {
        agent.answer(
                "log",
                null,
                "",
                to,
                () -> {
                    var in = agent.repository.contains(request.getBase(), request.getCommit());
                    var reply = LogReply.newBuilder();
                    if (!in) {
                        reply.addCommits(
                                LogReply.Commit.newBuilder().setCommit(request.getCommit()));
                    }
                    return reply.build();
                });
    }
}
