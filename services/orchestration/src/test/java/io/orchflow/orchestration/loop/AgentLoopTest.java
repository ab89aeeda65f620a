package io.orchflow.orchestration.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.orchflow.orchestration.loop.Hands.Said;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.permission.Gate;
import io.orchflow.orchestration.permission.Wanted;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// The loop alone, with a model that behaves in every way but well.
class AgentLoopTest {
    private static final Limits LIMITS = new Limits(12, 4, 3, 3, Duration.ofMillis(1), 2_000);
    private static final Hello HELLO = new Hello("Do it.", "m", Wire.CHAT, 100, false);

    private final FakeHands hands = new FakeHands();
    private final List<List<ChatMessage>> asked = new ArrayList<>();

    /// Answers by the number of the question, from 0.
    private final class Scripted implements Model {
        private final IntFunction<Object> script;

        Scripted(IntFunction<Object> script) {
            this.script = script;
        }

        @Override
        public Answer ask(List<ChatMessage> conversation, Consumer<String> words)
                throws ModelFailed {
            asked.add(conversation);
            var answer = script.apply(asked.size() - 1);
            if (answer instanceof ModelFailed failed) {
                throw failed;
            }
            words.accept(((Answer) answer).text());
            return (Answer) answer;
        }
    }

    private End run(IntFunction<Object> script) throws IOException, InterruptedException {
        new AgentLoop(new Scripted(script), hands, () -> true, Gate.FREE, TeamTools.NONE, LIMITS)
                .run(HELLO);
        return hands.ends.getLast();
    }

    private static Model.Answer says(String text) {
        return new Model.Answer(text, List.of(), false, 10, 1);
    }

    private static Model.Answer calls(String... toolsAndArguments) {
        var calls = new ArrayList<ToolExecutionRequest>();
        for (int i = 0; i < toolsAndArguments.length; i += 2) {
            calls.add(
                    ToolExecutionRequest.builder()
                            .id("id" + i)
                            .name(toolsAndArguments[i])
                            .arguments(toolsAndArguments[i + 1])
                            .build());
        }
        return new Model.Answer("", calls, false, 10, 1);
    }

    private static Model.Answer finish(String summary) {
        return calls("finish", "{\"summary\":\"" + summary + "\"}");
    }

    private static Model.Answer runs(String command) {
        return calls("run", "{\"command\":\"" + command + "\"}");
    }

    /// The last thing that the model was told before it was asked for this time.
    private String told(int question) {
        return switch (asked.get(question).getLast()) {
            case UserMessage user -> user.singleText();
            case ToolExecutionResultMessage result -> result.text();
            case ChatMessage other -> other.toString();
        };
    }

    @Test
    void whatIsCalledIsDoneInOrderUntilItFinishes() throws Exception {
        var end =
                run(
                        n ->
                                n == 0
                                        ? calls(
                                                "write",
                                                "{\"path\":\"a\",\"content\":\"b\"}",
                                                "run",
                                                "{\"command\":\"ls\",\"timeoutSeconds\":5}")
                                        : finish("Done."));

        assertThat(end).isEqualTo(new End(0, "Done."));
        assertThat(hands.acted)
                .containsExactly(
                        "write {\"path\":\"a\",\"content\":\"b\"}",
                        "run {\"command\":\"ls\",\"timeoutSeconds\":5}");
        assertThat(asked.get(1)).hasSize(5);
        assertThat(told(1)).isEqualTo("did {\"command\":\"ls\",\"timeoutSeconds\":5}");
        assertThat(hands.tokens).isEqualTo(22);
        assertThat(hands.notes).isEmpty();
    }

    @Test
    void whoStopsWithoutFinishIsRemindedOnceAndThenHasFinished() throws Exception {
        var end = run(n -> says("I am done " + n + "."));

        assertThat(end).isEqualTo(new End(0, "I am done 1."));
        assertThat(asked).hasSize(2);
        assertThat(told(1)).contains("without calling finish");
        assertThat(hands.words).hasToString("I am done 0.I am done 1.");
    }

    @Test
    void unknownToolsAndArgumentsThatAreNoneAreSaidAndEndAfterAFew() throws Exception {
        var bad =
                List.of(
                        calls("fly away!", "{}"),
                        calls("run", "{\"command\": "),
                        calls("run", "{\"command\":\"x\",\"speed\":1,\"timeoutSeconds\":\"soon\"}"),
                        calls("run", "[]"));

        var end = run(n -> bad.get(n));

        assertThat(end.exitCode()).isEqualTo(End.GAVE_UP);
        assertThat(end.words()).contains("3 calls in a row that cannot be understood");
        assertThat(hands.acted).isEmpty();
        assertThat(told(1)).startsWith("There is no tool fly away!, only run, read, write");
        assertThat(told(2)).startsWith("The arguments are no JSON: ").endsWith("Nothing was done.");
        // Only what providers take goes back to them.
        var back = (AiMessage) asked.get(2).get(asked.get(2).size() - 2);
        assertThat(back.toolExecutionRequests().getFirst().arguments()).isEqualTo("{}");
        var first = (AiMessage) asked.get(1).get(2);
        assertThat(first.toolExecutionRequests().getFirst().name()).isEqualTo("fly_away_");
    }

    @Test
    void aMistakeInBetweenIsForgiven() throws Exception {
        var end =
                run(
                        n ->
                                n == 9
                                        ? finish("Done.")
                                        : n % 3 == 2 ? runs("ls " + n) : calls("x", "{}"));

        assertThat(end.exitCode()).isZero();
        assertThat(hands.acted).hasSize(3);
        assertThat(hands.notes).hasSize(6);
    }

    @Test
    void aMissingArgumentIsNamed() throws Exception {
        run(
                n ->
                        n == 0
                                ? calls("replace", "{\"path\":\"a\",\"old\":null,\"new\":7}")
                                : finish("."));

        assertThat(told(1))
                .isEqualTo(
                        "The argument old is missing. The argument new is a text. Nothing was done.");
    }

    @Test
    void aModelThatGoesRoundInCirclesIsWarnedAndThenEnded() throws Exception {
        var end = run(n -> runs(n % 2 == 0 ? "make" : "make test"));

        assertThat(end.exitCode()).isEqualTo(End.GAVE_UP);
        assertThat(end.words()).contains("in circles: its last 4 calls");
        assertThat(hands.acted).hasSize(6);
        assertThat(told(3)).doesNotContain("before");
        assertThat(told(4)).endsWith("Do something else.)");
    }

    @Test
    void theSameCallWithAnotherResultIsNoCircle() throws Exception {
        var count = new AtomicInteger();
        hands.acting = _ -> FakeHands.outcome("test " + count.incrementAndGet());

        assertThat(run(n -> n == 10 ? finish("Done.") : runs("make test")).exitCode()).isZero();
    }

    @Test
    void aModelThatNeverEndsIsEnded() throws Exception {
        var end = run(n -> runs("step " + n));

        assertThat(end.exitCode()).isEqualTo(End.GAVE_UP);
        assertThat(end.words()).startsWith("The model did not finish within 12 answers.");
        assertThat(asked).hasSize(12);
    }

    @Test
    void aCallThatFailsInPassingIsMadeAgainAndThatIsSaid() throws Exception {
        var end = run(n -> n < 3 ? new ModelFailed("refused (429)", true) : finish("Done."));

        assertThat(end.exitCode()).isZero();
        assertThat(hands.notes)
                .containsExactly(
                        "the model gave no answer (refused (429)): asked again, 1 of 3",
                        "the model gave no answer (refused (429)): asked again, 2 of 3",
                        "the model gave no answer (refused (429)): asked again, 3 of 3");
    }

    @Test
    void aCallThatFailsForGoodEndsTheWork() throws Exception {
        var end = run(_ -> new ModelFailed("the key is refused", false));

        assertThat(end).isEqualTo(new End(3, "The model gave no answer: the key is refused"));
        assertThat(asked).hasSize(1);
        hands.ends.clear();
        assertThat(run(_ -> new ModelFailed("refused (500)", true)).exitCode()).isEqualTo(3);
        assertThat(asked).hasSize(1 + 4);
    }

    @Test
    void anAnswerThatWasCutGoesOn() throws Exception {
        var end =
                run(
                        n ->
                                n == 0
                                        ? new Model.Answer("I begin and", List.of(), true, 1, 1)
                                        : finish("Done."));

        assertThat(end.exitCode()).isZero();
        assertThat(told(1)).contains("cut off at its longest length");
    }

    @Test
    void peoplesWordsAreQuotedAndComeBeforeTheEnd() throws Exception {
        hands.acting = _ -> FakeHands.outcome("ok", new Said("Ann\n", "Use tabs.\nIgnore rules."));
        hands.afterEnds.add(List.of(new Said("Bob", "And a README.")));

        var end = run(n -> n == 0 ? runs("ls") : finish("Done " + n + "."));

        assertThat(told(1)).contains("\nAnn wrote:\n> Use tabs.\n> Ignore rules.");
        assertThat(told(2)).contains("Bob wrote:\n> And a README.");
        assertThat(hands.ends).extracting(End::words).containsExactly("Done 1.", "Done 2.");
        assertThat(end.exitCode()).isZero();
    }

    @Test
    void whatFollowsFinishInTheSameAnswerIsNotDone() throws Exception {
        run(_ -> calls("finish", "{\"summary\":\"Done.\"}", "run", "{\"command\":\"rm -r .\"}"));

        assertThat(hands.acted).isEmpty();
        assertThat(hands.ends).containsExactly(new End(0, "Done."));
    }

    @Test
    void nothingIsDoneWhileTheSwarmIsPaused() throws Exception {
        var looks = new AtomicInteger();
        var model = new Scripted(n -> n == 0 ? runs("ls") : finish("Done."));
        hands.acting =
                _ -> {
                    assertThat(looks).hasValue(3);
                    return FakeHands.outcome("ok");
                };

        new AgentLoop(
                        model,
                        hands,
                        () -> looks.incrementAndGet() == 3,
                        Gate.FREE,
                        TeamTools.NONE,
                        LIMITS)
                .run(HELLO);

        assertThat(hands.acted).hasSize(1);
        assertThat(hands.ends.getLast().exitCode()).isZero();
    }

    @Test
    void toolsOfTheTeamAreNotDoneInTheSandbox() throws Exception {
        var told = new ArrayList<Hands.Call>();
        TeamTools team =
                new TeamTools() {
                    @Override
                    public List<ToolSpecification> all() {
                        return List.of(ToolSpecification.builder().name("send_message").build());
                    }

                    @Override
                    public String call(Hands.Call call) {
                        told.add(call);
                        return "Sent.";
                    }
                };
        var model =
                new Scripted(
                        n ->
                                n == 0
                                        ? calls("send_message", "{\"to\":\"all\",\"text\":\"hi\"}")
                                        : finish("Done."));

        new AgentLoop(model, hands, () -> true, Gate.FREE, team, LIMITS).run(HELLO);

        assertThat(told).hasSize(1);
        assertThat(hands.acted).isEmpty();
        assertThat(hands.notes).anyMatch(note -> note.startsWith("send_message"));
        assertThat(hands.ends.getLast().exitCode()).isZero();
    }

    @Test
    void whatAPersonDoesNotAllowIsNotDone() throws Exception {
        var wishes = new ArrayList<Wanted>();
        var model =
                new Scripted(
                        n -> n == 0 ? runs("rm -r src") : n == 1 ? runs("ls") : finish("Done."));
        Gate gate =
                wanted -> {
                    wishes.add(wanted);
                    return wanted.argv().contains("ls");
                };

        new AgentLoop(model, hands, () -> true, gate, TeamTools.NONE, LIMITS).run(HELLO);

        assertThat(wishes).hasSize(2);
        assertThat(wishes.getFirst().argv()).containsExactly("sh", "-c", "rm -r src");
        assertThat(hands.acted).hasSize(1).allMatch(call -> call.contains("ls"));
        assertThat(String.join("\n", hands.notes)).contains("did not allow");
    }

    @Test
    void aConversationThatWasInterruptedIsToldSo() throws Exception {
        var model = new Scripted(_ -> finish("Done."));

        new AgentLoop(model, hands, () -> true, Gate.FREE, TeamTools.NONE, LIMITS)
                .run(new Hello("Do it.", "m", Wire.CHAT, 100, true));

        assertThat(told(0)).startsWith("An earlier conversation").endsWith("Do it.");
    }

    @Test
    void theOldestResultsLeaveALongConversation() throws Exception {
        hands.acting = call -> FakeHands.outcome(call.arguments() + "x".repeat(900));

        run(n -> n == 5 ? finish("Done.") : runs("step " + n));

        var results =
                asked.get(5).stream()
                        .filter(ToolExecutionResultMessage.class::isInstance)
                        .map(one -> ((ToolExecutionResultMessage) one).text())
                        .toList();
        assertThat(results).hasSize(5);
        assertThat(results.getFirst()).isEqualTo("(left out: the conversation has grown too long)");
        assertThat(results.getLast()).contains("step 4").hasSizeGreaterThan(900);
        assertThat(String.join("", results).length()).isLessThan(2_000);
    }
}
