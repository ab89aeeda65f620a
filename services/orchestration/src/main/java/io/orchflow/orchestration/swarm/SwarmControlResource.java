package io.orchflow.orchestration.swarm;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What people ask of swarms, agents and tasks. Answers 202: the state follows when the workspace
/// shows it.
@Path("/api/swarms/{id}")
@RunOnVirtualThread
public class SwarmControlResource {
    private static final int LONGEST_TEXT = 20_000;

    /// A message to agents.
    public record MessageBody(@Nullable String text) {}

    private final SwarmCommands commands;
    private final CurrentCaller caller;
    private final Clock clock = Clock.systemUTC();

    SwarmControlResource(SwarmCommands commands, CurrentCaller caller) {
        this.commands = commands;
        this.caller = caller;
    }

    @POST
    @Path("/pause")
    @Requires(Permission.SWARM_CONTROL)
    public Response pause(String id) {
        return wish(id, Wish.Kind.PAUSE);
    }

    @POST
    @Path("/resume")
    @Requires(Permission.SWARM_CONTROL)
    public Response resume(String id) {
        return wish(id, Wish.Kind.RUN);
    }

    @POST
    @Path("/cancel")
    @Requires(Permission.SWARM_CONTROL)
    public Response cancel(String id) {
        return wish(id, Wish.Kind.CANCEL);
    }

    @POST
    @Path("/messages")
    @Requires(Permission.SWARM_CONTROL)
    public Response tell(String id, MessageBody body) {
        return told(commands.tell(id, null, text(body), caller.get()));
    }

    @POST
    @Path("/agents/{agentId}/pause")
    @Requires(Permission.SWARM_CONTROL)
    public Response pauseAgent(String id, String agentId) {
        return wishAgent(id, agentId, Agent.Wish.PAUSE);
    }

    @POST
    @Path("/agents/{agentId}/resume")
    @Requires(Permission.SWARM_CONTROL)
    public Response resumeAgent(String id, String agentId) {
        return wishAgent(id, agentId, Agent.Wish.RUN);
    }

    @POST
    @Path("/agents/{agentId}/cancel")
    @Requires(Permission.SWARM_CONTROL)
    public Response cancelAgent(String id, String agentId) {
        return wishAgent(id, agentId, Agent.Wish.CANCEL);
    }

    @POST
    @Path("/agents/{agentId}/messages")
    @Requires(Permission.SWARM_CONTROL)
    public Response tellAgent(String id, String agentId, MessageBody body) {
        return told(commands.tell(id, agentId, text(body), caller.get()));
    }

    @POST
    @Path("/tasks/{taskId}/retry")
    @Requires(Permission.SWARM_CONTROL)
    public Response retry(String id, String taskId) {
        var by = caller.get().userId();
        return ask(id, swarm -> known(swarm, taskId).retry(taskId, by, clock.instant()));
    }

    @POST
    @Path("/tasks/{taskId}/verify")
    @Requires(Permission.SWARM_CONTROL)
    public Response verify(String id, String taskId) {
        return ask(id, swarm -> known(swarm, taskId).verifyAgain(taskId));
    }

    private Response wish(String id, Wish.Kind kind) {
        var by = caller.get().userId();
        return ask(id, swarm -> swarm.wish(kind, by));
    }

    private Response wishAgent(String id, String agentId, Agent.Wish wish) {
        return ask(
                id,
                swarm -> {
                    if (swarm.agent(agentId).isEmpty()) {
                        throw Problems.notFound("agent", agentId);
                    }
                    return swarm.wishAgent(agentId, wish);
                });
    }

    private Response ask(String id, UnaryOperator<Swarm> command) {
        commands.ask(id, caller.get(), command);
        return Response.accepted(Map.of("swarmId", id)).build();
    }

    private static Swarm known(Swarm swarm, String taskId) {
        if (swarm.task(taskId).isEmpty()) {
            throw Problems.notFound("task", taskId);
        }
        return swarm;
    }

    private static String text(MessageBody body) {
        new Validation().text(body.text(), "text", LONGEST_TEXT).throwIfAny();
        return Objects.requireNonNull(body.text());
    }

    private static Response told(String messageId) {
        return Response.accepted(Map.of("messageId", messageId)).build();
    }
}
