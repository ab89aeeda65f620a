package io.orchflow.orchestration.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.events.Ids;
import io.orchflow.orchestration.model.Spending.Outcome;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Door;
import io.orchflow.orchestration.tunnel.Exchange;
import io.orchflow.orchestration.tunnel.RefusalView;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Passes agents' requests on to their team's providers: with the provider's key instead of the
/// agent's token, held to the budgets, and counted. Made for virtual threads.
///
/// Where a budget is used up, the request waits: its swarm pauses, and the request goes on when
/// somebody has raised the limit and resumed the swarm, as long as the agent still waits for it.
@Singleton
public class ModelProxy implements Door {
    private static final Logger LOG = Logger.getLogger(ModelProxy.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";
    private static final int LEAST_OUTPUT = 1_024;
    private static final int MOST_OF_AN_ERROR = 64 << 10;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final List<String> PASSED_ON =
            List.of("accept", "anthropic-version", "anthropic-beta", "openai-beta");
    private static final List<String> PASSED_BACK =
            List.of("content-type", "retry-after", "x-request-id", "request-id");

    private final Providers providers;
    private final Spending spending;
    private final UpstreamClient upstream;
    private final Duration idleTimeout;

    ModelProxy(
            Providers providers, Spending spending, UpstreamClient upstream, ModelsConfig config) {
        this.providers = providers;
        this.spending = spending;
        this.upstream = upstream;
        this.idleTimeout = config.idleTimeout();
    }

    @Override
    public String path() {
        return "/v1";
    }

    @Override
    public void answer(Exchange exchange, AskingAgent agent)
            throws IOException, InterruptedException {
        answer(exchange, Asker.of(agent));
    }

    /// The same for whoever asks; nothing is answered where it does not wait any more.
    public void answer(Exchange exchange, Asker asker) throws IOException, InterruptedException {
        var wire = wire(exchange);
        if (wire.isPresent()) {
            ask(exchange, asker, wire.get());
        } else if (exchange.method().equals("GET") && exchange.path().equals("/v1/models")) {
            list(exchange, asker);
        } else {
            RefusalView.send(
                    exchange,
                    404,
                    "there is no " + exchange.method() + " " + exchange.path() + " here");
        }
    }

    private static Optional<Wire> wire(Exchange exchange) {
        return exchange.method().equals("POST")
                ? Arrays.stream(Wire.values())
                        .filter(wire -> exchange.path().equals("/v1" + wire.path()))
                        .findFirst()
                : Optional.empty();
    }

    private void list(Exchange exchange, Asker asker) throws IOException {
        var body = JSON.createObjectNode().put("object", "list");
        var data = body.putArray("data");
        for (var provider : providers.of(asker.payer().teamId())) {
            for (var model : provider.models()) {
                data.addObject().put("id", model.name()).put("object", "model");
            }
        }
        exchange.answer(200, Map.of("content-type", JSON_TYPE), JSON.writeValueAsBytes(body));
    }

    // ------------------------------------------------------------------------------ one call

    private void ask(Exchange exchange, Asker asker, Wire wire)
            throws IOException, InterruptedException {
        ModelRequestBody request;
        try {
            request = ModelRequestBody.read(wire, exchange.body());
        } catch (UnfitRequest e) {
            RefusalView.send(exchange, 400, String.valueOf(e.getMessage()));
            return;
        }
        var chosen = choice(asker, wire, request.model());
        if (chosen.isEmpty()) {
            RefusalView.send(exchange, 503, ModelChoice.none(wire, asker.wanted()));
            return;
        }
        var choice = chosen.get();
        var wanted = request.maxOutput(choice.model().maxOutput());
        var ask =
                new Ask(
                        exchange.body().length,
                        Math.min(LEAST_OUTPUT, wanted),
                        wanted,
                        choice.model().price());
        var callId = Ids.next();
        var granted = reserved(exchange, asker, callId, choice, ask);
        if (granted != null) {
            var body = request.with(choice.model().name(), granted.maxOutput());
            new Call(exchange, callId, choice).run(body);
        }
    }

    /// The model that the request names where its provider has it, else the task's.
    private Optional<ModelChoice> choice(Asker asker, Wire wire, String named) {
        var all = providers.of(asker.payer().teamId());
        return ModelChoice.of(all, wire, asker.wanted())
                .map(
                        task ->
                                task.provider()
                                        .model(named)
                                        .map(model -> new ModelChoice(task.provider(), model, wire))
                                        .orElse(task));
    }

    /// @return null where the agent does not wait any more
    private Ask.@Nullable Granted reserved(
            Exchange exchange, Asker asker, String callId, ModelChoice choice, Ask ask)
            throws InterruptedException {
        while (exchange.open()) {
            if (!asker.mayAsk()) {
                Thread.sleep(PAUSE);
                continue;
            }
            switch (spending.reserve(callId, asker.payer(), choice, ask)) {
                case Ask.Granted granted -> {
                    return granted;
                }
                case Ask.Busy _ -> Thread.sleep(BUSY_PAUSE);
                case Ask.Reached(var reason) -> {
                    asker.budgetReached(reason);
                    Thread.sleep(PAUSE);
                }
            }
        }
        return null;
    }

    /// One call that is paid for, whatever comes of it.
    private final class Call {
        private final Exchange exchange;
        private final String callId;
        private final ModelChoice choice;
        private Outcome outcome = Outcome.UNKNOWN;
        private @Nullable Usage usage;

        Call(Exchange exchange, String callId, ModelChoice choice) {
            this.exchange = exchange;
            this.callId = callId;
            this.choice = choice;
        }

        void run(byte[] body) throws IOException, InterruptedException {
            try {
                var key = providers.key(choice.provider().id());
                var response = upstream.ask(choice, key, body, passedOn());
                try (var answer = response.body()) {
                    if (response.statusCode() >= 300) {
                        outcome = Outcome.REFUSED;
                        refused(response, answer, key);
                    } else {
                        pass(response, answer);
                    }
                }
            } catch (UpstreamClient.NotReached e) {
                outcome = Outcome.REFUSED;
                RefusalView.send(
                        exchange, 502, "the model provider is not there: " + e.getMessage());
            } catch (HttpTimeoutException e) {
                RefusalView.send(exchange, 504, "the model provider did not answer in time");
            } catch (IllegalStateException e) {
                outcome = Outcome.REFUSED;
                RefusalView.send(exchange, 503, String.valueOf(e.getMessage()));
            } finally {
                LOG.debugf(
                        "Model asked callId=%s model=%s outcome=%s",
                        callId, choice.model().name(), outcome);
                spending.settle(callId, outcome, usage);
            }
        }

        private Map<String, String> passedOn() {
            var headers = new HashMap<String, String>();
            for (var name : PASSED_ON) {
                exchange.header(name).ifPresent(value -> headers.put(name, value));
            }
            return headers;
        }

        private Map<String, String> passedBack(HttpResponse<InputStream> response) {
            var headers = new HashMap<String, String>();
            for (var name : PASSED_BACK) {
                response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
            }
            return headers;
        }

        /// What a provider says of a key may quote it.
        private void refused(HttpResponse<InputStream> response, InputStream answer, String key)
                throws IOException {
            var status = response.statusCode();
            if (status == 401 || status == 403) {
                RefusalView.send(
                        exchange,
                        status,
                        "the model provider "
                                + choice.provider().name()
                                + " refuses the key that orchflow has for it: set it again in Settings, Models");
                return;
            }
            if (status < 400) {
                RefusalView.send(
                        exchange, 502, "the model provider answered " + status + ", a redirect");
                return;
            }
            var text = new String(answer.readNBytes(MOST_OF_AN_ERROR), StandardCharsets.UTF_8);
            var safe = key.isEmpty() ? text : text.replace(key, "*".repeat(key.length()));
            exchange.answer(status, passedBack(response), bytes(safe));
        }

        private void pass(HttpResponse<InputStream> response, InputStream answer)
                throws IOException {
            var events =
                    response.headers()
                            .firstValue("content-type")
                            .orElse("")
                            .startsWith("text/event-stream");
            var counts = new UsageSource(choice.wire(), events);
            try (var watch = new IdleWatch(answer, idleTimeout, exchange::open)) {
                exchange.begin(200, passedBack(response));
                var buffer = new byte[16 << 10];
                for (int n = answer.read(buffer); n >= 0; n = answer.read(buffer)) {
                    watch.alive();
                    counts.take(buffer, n);
                    if (exchange.open()) {
                        exchange.piece(buffer, n);
                    }
                }
            } finally {
                usage = counts.end();
                outcome = usage == null ? Outcome.UNKNOWN : Outcome.ANSWERED;
            }
            exchange.end();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
