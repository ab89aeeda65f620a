package io.orchflow.orchestration.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orchflow.orchestration.tunnel.AgentCaller;
import io.orchflow.orchestration.tunnel.AskingAgent;
import io.orchflow.orchestration.tunnel.Door;
import io.orchflow.orchestration.tunnel.Exchange;
import io.orchflow.orchestration.tunnel.RefusalView;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;

/// Takes what agents' programs say they do. Of each agent at most one line in two seconds is told,
/// the newest.
@Singleton
public class ActivityDoor implements Door {
    private static final Logger LOG = Logger.getLogger(ActivityDoor.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final int LONGEST_BODY = 64 << 10;
    private static final int MOST = 50;

    private final ActivityStore store;
    private final Clock clock = Clock.systemUTC();
    private final Pace<Activity> pace = new Pace<>(BETWEEN, System::nanoTime);

    ActivityDoor(ActivityStore store) {
        this.store = store;
    }

    @Override
    public String path() {
        return "/orchflow/v1/activity";
    }

    @Override
    public void answer(Exchange exchange, AskingAgent agent) throws IOException {
        if (!exchange.method().equals("POST")) {
            RefusalView.send(exchange, 405, "activity is told by POST");
            return;
        }
        if (exchange.body().length > LONGEST_BODY) {
            RefusalView.send(exchange, 413, "activity is told in at most 64 KiB");
            return;
        }
        List<Activity> told;
        try {
            told = read(JSON.readValue(exchange.body(), ActivityBody.class));
        } catch (JsonProcessingException e) {
            RefusalView.send(exchange, 400, "the body is not {events: [{kind, text}]}");
            return;
        } catch (IllegalArgumentException e) {
            RefusalView.send(exchange, 400, String.valueOf(e.getMessage()));
            return;
        }
        if (!told.isEmpty()) {
            pass(agent.caller(), told.getLast());
        }
        exchange.answer(204, Map.of(), new byte[0]);
    }

    private List<Activity> read(ActivityBody body) {
        var events = Objects.requireNonNullElse(body.events(), List.<ActivityBody.EventBody>of());
        if (events.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " events are told at once");
        }
        var all = new ArrayList<Activity>();
        for (var event : events) {
            if (event == null || event.kind() == null || event.text() == null) {
                throw new IllegalArgumentException("an event has a kind and a text");
            }
            if (!event.text().isBlank()) {
                all.add(new Activity(event.kind(), event.text(), clock.instant()));
            }
        }
        return all;
    }

    /// Tells it, as soon as its pace allows.
    public void pass(AgentCaller agent, Activity newest) {
        var after = pace.offer(agent.agentId(), newest);
        if (after == 0) {
            tell(agent);
        } else if (after > 0) {
            Thread.ofVirtual().name("activity-" + agent.agentId()).start(() -> later(agent, after));
        }
    }

    private void later(AgentCaller agent, long after) {
        try {
            Thread.sleep(after);
            tell(agent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debugf("Activity not told agentId=%s reason=%s", agent.agentId(), e.getMessage());
        }
    }

    private void tell(AgentCaller agent) {
        var newest = pace.take(agent.agentId());
        if (newest != null) {
            store.tell(agent, newest);
        }
    }
}
