package io.orchflow.orchestration.worker;

import io.grpc.Context;
import io.orchflow.orchestration.swarm.LeaseLost;
import io.orchflow.workspace.v1.ModelConnection;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes the connections that a swarm's agents open to models, for as long as this node holds the
/// swarm. Goes on by itself after every break of the connection to the workspace.
final class ModelWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ModelWatch.class);
    private static final long SHORTEST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 2_000;

    private final LeasedSwarm swarm;
    private final StopSignal stop = new StopSignal();
    private final Thread thread;
    private volatile Context.@Nullable CancellableContext stream;

    ModelWatch(LeasedSwarm swarm) {
        this.swarm = swarm;
        this.thread = Thread.ofVirtual().name("models-" + swarm.lease().swarmId()).start(this::run);
    }

    private void run() {
        long pause = SHORTEST_PAUSE;
        while (!stop.raised()) {
            var context = Context.ROOT.withCancellation();
            stream = context;
            try {
                stop.check();
                swarm.calls().listen(context, this::opened);
                pause = SHORTEST_PAUSE;
            } catch (Stopped | LeaseLost e) {
                return;
            } catch (RuntimeException e) {
                LOG.debugf("No way for models swarmId=%s reason=%s", swarmId(), e.getMessage());
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            } finally {
                context.cancel(null);
            }
            try {
                stop.pause(pause);
            } catch (Stopped e) {
                return;
            }
        }
    }

    private String swarmId() {
        return swarm.lease().swarmId();
    }

    private void opened(ModelConnection connection) {
        Thread.ofVirtual()
                .name("model-" + connection.getAgentId())
                .start(() -> serve(connection.getConnectionId(), connection.getAgentId()));
    }

    private void serve(String connectionId, String agentId) {
        try {
            var agent = new WorkingAgent(swarm, agentId);
            var tunnel = swarm.calls().connect(connectionId);
            var forget = stop.onRaise(tunnel::cancel);
            try {
                swarm.models().serve(tunnel, agent);
            } finally {
                forget.run();
            }
        } catch (Unreachable | Refused | LeaseLost | IllegalArgumentException e) {
            LOG.debugf("Connection lost agentId=%s reason=%s", agentId, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warnf(e, "Connection broke off agentId=%s", agentId);
        }
    }

    @Override
    public void close() {
        stop.raise();
        var open = stream;
        if (open != null) {
            open.cancel(null);
        }
        thread.interrupt();
    }
}
