package io.orchflow.orchestration.worker;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.orchflow.workspace.v1.CheckEvent;
import io.orchflow.workspace.v1.CheckRequest;
import io.orchflow.workspace.v1.CheckResult;
import io.orchflow.workspace.v1.CommitMergeRequest;
import io.orchflow.workspace.v1.CommittedMerge;
import io.orchflow.workspace.v1.ListFilesReply;
import io.orchflow.workspace.v1.ListFilesRequest;
import io.orchflow.workspace.v1.LogReply;
import io.orchflow.workspace.v1.LogRequest;
import io.orchflow.workspace.v1.PrepareMergeRequest;
import io.orchflow.workspace.v1.PreparedMerge;
import io.orchflow.workspace.v1.ReadFileReply;
import io.orchflow.workspace.v1.ReadFileRequest;
import io.orchflow.workspace.v1.RepositoryGrpc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Checks and merges of the [FakeAgent]. A check is `has PATH` (0 where the file exists), `not
/// PATH`, `sh PATH` (a script), `fail N`, or `hang`, which ends only with its stream.
final class FakeProofs extends RepositoryGrpc.RepositoryImplBase {
    private final FakeAgent agent;
    final List<CheckRequest> trials = Collections.synchronizedList(new ArrayList<>());

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
        var files = new TreeMap<>(agent.repository.files(request.getCommit()));
        for (var path : request.getOriginalsList()) {
            var original = agent.repository.files(request.getOriginalsCommit()).get(path);
            files.remove(path);
            if (original != null) {
                files.put(path, original);
            }
        }
        request.getOverlayMap().forEach((path, text) -> files.put(path, text.toStringUtf8()));
        trials.add(request);
        var words = request.getCommand().split(" ", 2);
        return switch (words[0]) {
            case "has" -> files.containsKey(words[1]) ? 0 : 1;
            case "not" -> files.containsKey(words[1]) ? 1 : 0;
            case "fail" -> Integer.parseInt(words[1]);
            case "sh" -> script(files.getOrDefault(words[1], "exit 127"), files).orElse(0);
            default -> 127;
        };
    }

    /// `needs PATH`, `. PATH` and `exit N`, one a line or after a semicolon; all else does nothing.
    private static Optional<Integer> script(String text, Map<String, String> files) {
        for (var line : text.split("[;\\n] *", -1)) {
            var words = line.split(" ", 2);
            var end =
                    switch (words[0]) {
                        case "needs" ->
                                files.containsKey(words[1])
                                        ? Optional.<Integer>empty()
                                        : Optional.of(1);
                        case "." -> script(files.getOrDefault(words[1], "exit 2"), files);
                        case "exit" -> Optional.of(Integer.valueOf(words[1]));
                        default -> Optional.<Integer>empty();
                    };
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    @Override
    public void listFiles(ListFilesRequest request, StreamObserver<ListFilesReply> to) {
        agent.answer(
                "listFiles",
                null,
                "",
                to,
                () -> {
                    var reply = ListFilesReply.newBuilder();
                    agent.repository
                            .files(request.getCommit())
                            .forEach(
                                    (path, text) -> {
                                        reply.addPaths(path);
                                        if (text.startsWith("-> ")) {
                                            reply.putLinks(path, text.substring(3));
                                        } else if (text.equals("@")) {
                                            reply.addSubmodules(path);
                                        }
                                    });
                    return reply.build();
                });
    }

    @Override
    public void readFile(ReadFileRequest request, StreamObserver<ReadFileReply> to) {
        agent.answer(
                "readFile",
                null,
                "",
                to,
                () -> {
                    var text = agent.repository.files(request.getCommit()).get(request.getPath());
                    if (text == null) {
                        throw Status.NOT_FOUND.asRuntimeException();
                    }
                    return ReadFileReply.newBuilder()
                            .setContent(ByteString.copyFromUtf8(text))
                            .build();
                });
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
