package io.orchflow.orchestration.loop;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import io.orchflow.orchestration.model.Asker;
import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.model.Payer;
import io.orchflow.orchestration.tunnel.Exchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation with a model, in words alone. One thread.
public final class Talk {
    private static final int LONGEST_ANSWER = 8_192;

    private final ModelChoice choice;
    private final Payer payer;
    private final Duration atMost;
    private final long end;
    private final StreamingModel model;
    private final List<ChatMessage> said = new ArrayList<>();
    private @Nullable String budget;

    /// The proxy.
    @FunctionalInterface
    interface Proxy {
        void answer(Exchange exchange, Asker asker) throws IOException, InterruptedException;
    }

    Talk(ModelChoice choice, Payer payer, Proxy proxy, Duration atMost) {
        this.choice = choice;
        this.payer = payer;
        this.atMost = atMost;
        this.end = System.nanoTime() + atMost.toNanos();
        var client = ProxyHttpClient.builder(e -> proxy.answer(e, new Talker()), this::open);
        var longest = Math.min(LONGEST_ANSWER, choice.model().maxOutput());
        this.model = StreamingModel.of(choice.wire(), choice.model().name(), longest, client);
    }

    /// `provider/model`.
    public String with() {
        return choice.provider().name() + "/" + choice.model().name();
    }

    /// What holds for all that follows.
    public void rules(String text) {
        said.add(SystemMessage.from(text));
    }

    /// Blocks, at most as long as the talk may last.
    ///
    /// @throws ModelFailed there is no answer
    public String ask(String text) throws ModelFailed {
        said.add(UserMessage.from(text));
        try {
            var answer = model.ask(said, _ -> {});
            said.add(AiMessage.from(answer.text().isBlank() ? "-" : answer.text()));
            return answer.text();
        } catch (ModelFailed e) {
            if (budget != null) {
                throw new ModelFailed(budget, false);
            }
            if (!open()) {
                throw new ModelFailed("it took longer than " + atMost.toSeconds() + " s", false);
            }
            throw e;
        }
    }

    private boolean open() {
        return budget == null && System.nanoTime() < end;
    }

    private final class Talker implements Asker {
        @Override
        public Payer payer() {
            return payer;
        }

        @Override
        public String wanted() {
            return with();
        }

        @Override
        public boolean mayAsk() {
            return true;
        }

        @Override
        public void budgetReached(String reason) {
            budget = reason;
        }
    }
}
