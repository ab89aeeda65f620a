package io.orchflow.orchestration.stream;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.GrantWatch;
import io.orchflow.problem.Problems;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Server-sent events (WHATWG HTML, section 9.2) from the log: ids are numbers of the log, and
/// `Last-Event-ID` goes on after one. Ends when the session does.
@Singleton
public class LiveEvents {
    public static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final long LOOK_NANOS = 10_000_000;

    private final EventHub hub;
    private final GrantWatch grants;
    private final CurrentCaller caller;

    LiveEvents(EventHub hub, GrantWatch grants, CurrentCaller caller) {
        this.hub = hub;
        this.grants = grants;
        this.caller = caller;
    }

    /// Everything after `lastEventId`, from the beginning where it is absent, then live, while the
    /// caller's session is good.
    ///
    /// @throws io.orchflow.problem.ProblemException 400 for an id that was never given
    public Multi<OutboundSseEvent> stream(
            Sse sse, String workspaceId, EventFilter filter, @Nullable String lastEventId) {
        var after = parse(lastEventId);
        var sessionId = caller.get().sessionId();
        return Multi.createFrom()
                .emitter(
                        emitter -> follow(emitter, sse, workspaceId, filter, after, sessionId),
                        BackPressureStrategy.BUFFER);
    }

    private void follow(
            MultiEmitter<? super OutboundSseEvent> emitter,
            Sse sse,
            String workspaceId,
            EventFilter filter,
            long after,
            String sessionId) {
        emitter.emit(sse.newEventBuilder().comment("orchflow").build());
        var reader = hub.read(workspaceId, filter, after, new SseSink(emitter, sse));
        var registration =
                grants.watch(
                        sessionId,
                        new GrantWatch.Listener() {
                            @Override
                            public void gone() {
                                reader.close();
                            }

                            @Override
                            public void unchecked() {
                                // reading is what a viewer may do as well
                            }
                        });
        emitter.onTermination(
                () -> {
                    registration.close();
                    reader.close();
                });
    }

    private record SseSink(MultiEmitter<? super OutboundSseEvent> emitter, Sse sse)
            implements EventSink {
        @Override
        public void accept(LoggedEvent event) {
            while (emitter.requested() == 0 && !emitter.isCancelled()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            emitter.emit(
                    sse.newEventBuilder()
                            .id(Long.toString(event.number()))
                            .name(event.type())
                            .data(event.data())
                            .build());
        }

        @Override
        public void idle() {
            emitter.emit(sse.newEventBuilder().comment("idle").build());
        }

        @Override
        public void end() {
            emitter.complete();
        }
    }

    private static long parse(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) {
            return 0;
        }
        try {
            var number = Long.parseLong(lastEventId.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw Problems.badInput(
                LAST_EVENT_ID, "unknown", "Last-Event-ID " + lastEventId + " was never given.");
    }
}
