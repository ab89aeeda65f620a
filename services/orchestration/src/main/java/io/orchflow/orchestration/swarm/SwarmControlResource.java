package io.orchflow.orchestration.swarm;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.agent.Agent;
import io.orchflow.orchestration.message.MessageBody;
import io.orchflow.orchestration.message.MessageIdView;
import io.orchflow.problem.OptionalBody;
import io.orchflow.problem.Problems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What people ask of swarms, agents and tasks. Answers 202: the state follows when the workspace
/// shows it.
@Path("/api/swarms/{id}")
@Tag(name = "Swarms")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SwarmControlResource {
    private final SwarmCommands commands;
    private final CurrentCaller caller;
    private final Clock clock = Clock.systemUTC();

    SwarmControlResource(SwarmCommands commands, CurrentCaller caller) {
        this.commands = commands;
        this.caller = caller;
    }

    @Operation(
            summary = "Pauses a swarm",
            description =
                    "Without a body every process of its agents stops. PAUSED is shown once no process is at work. A pause may be deepened while it lasts.")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "202",
            responseDescription = "It is asked for; the state follows when the workspace shows it.")
    @APIResponse(responseCode = "409", description = "`swarm-ended`: nothing is left to act on.")
    @RequestBody(
            required = false,
            content = @Content(schema = @Schema(implementation = PauseBody.class)))
    @POST
    @Path("/pause")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> pause(String id, @OptionalBody @Nullable PauseBody body) {
        var by = caller.get().userId();
        var pause = new Wish(Wish.Kind.PAUSE, by, PauseBody.levelOf(body));
        return ask(id, swarm -> swarm.wish(pause));
    }

    @Operation(summary = "Resumes a paused swarm")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "202",
            responseDescription = "It is asked for; the state follows when the workspace shows it.")
    @APIResponse(responseCode = "409", description = "`swarm-ended`: nothing is left to act on.")
    @POST
    @Path("/resume")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> resume(String id) {
        return wish(id, Wish.Kind.RUN);
    }

    @Operation(summary = "Cancels a swarm: its processes end, unfinished tasks are cancelled")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "202",
            responseDescription = "It is asked for; the state follows when the workspace shows it.")
    @APIResponse(responseCode = "409", description = "`swarm-ended`: nothing is left to act on.")
    @POST
    @Path("/cancel")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> cancel(String id) {
        return wish(id, Wish.Kind.CANCEL);
    }

    @Operation(summary = "Says something to all agents of a swarm")
    @APIResponseSchema(
            value = MessageIdView.class,
            responseCode = "202",
            responseDescription = "It is put where the agents read it.")
    @APIResponse(responseCode = "409", description = "`swarm-ended`: nothing is left to act on.")
    @POST
    @Path("/messages")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<MessageIdView> tell(String id, MessageBody body) {
        return told(commands.tell(id, null, body.required(), caller.get()));
    }

    @Operation(summary = "Pauses one agent")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "202",
            responseDescription = "It is asked for; the state follows when the workspace shows it.")
    @APIResponse(
            responseCode = "409",
            description = "`swarm-ended` or `agent-ended`: nothing is left to act on.")
    @POST
    @Path("/agents/{agentId}/pause")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> pauseAgent(String id, String agentId) {
        return wishAgent(id, agentId, Agent.Wish.PAUSE);
    }

    @Operation(summary = "Resumes one agent")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "202",
            responseDescription = "It is asked for; the state follows when the workspace shows it.")
    @APIResponse(
            responseCode = "409",
            description = "`swarm-ended` or `agent-ended`: nothing is left to act on.")
    @POST
    @Path("/agents/{agentId}/resume")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> resumeAgent(String id, String agentId) {
        return wishAgent(id, agentId, Agent.Wish.RUN);
    }

    @Operation(summary = "Ends one agent: its attempt fails")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "202",
            responseDescription = "It is asked for; the state follows when the workspace shows it.")
    @APIResponse(
            responseCode = "409",
            description = "`swarm-ended` or `agent-ended`: nothing is left to act on.")
    @POST
    @Path("/agents/{agentId}/cancel")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> cancelAgent(String id, String agentId) {
        return wishAgent(id, agentId, Agent.Wish.CANCEL);
    }

    @Operation(summary = "Says something to one agent")
    @APIResponseSchema(
            value = MessageIdView.class,
            responseCode = "202",
            responseDescription = "It is put where the agents read it.")
    @APIResponse(
            responseCode = "409",
            description = "`swarm-ended` or `agent-ended`: nothing is left to act on.")
    @POST
    @Path("/agents/{agentId}/messages")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<MessageIdView> tellAgent(String id, String agentId, MessageBody body) {
        return told(commands.tell(id, agentId, body.required(), caller.get()));
    }

    @Operation(summary = "Makes another attempt at a task that has FAILED")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "202",
            responseDescription = "It is asked for; the state follows when the workspace shows it.")
    @APIResponse(responseCode = "409", description = "`wrong-state`: the task has not FAILED.")
    @POST
    @Path("/tasks/{taskId}/retry")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> retry(String id, String taskId) {
        var by = caller.get().userId();
        return ask(id, swarm -> known(swarm, taskId).retry(taskId, by, clock.instant()));
    }

    @Operation(summary = "Runs a task's checks again on the same commit, which adds evidence")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "202",
            responseDescription = "It is asked for; the state follows when the workspace shows it.")
    @APIResponse(
            responseCode = "409",
            description = "`wrong-state` or `no-commit`: there is nothing to check.")
    @POST
    @Path("/tasks/{taskId}/verify")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> verify(String id, String taskId) {
        return ask(id, swarm -> known(swarm, taskId).verifyAgain(taskId));
    }

    @Operation(
            summary =
                    "Takes a task's changes, or sends them back, where the plan asks for a review",
            description =
                    "Sent back: an agent that can read tries again with what was said, any other task has FAILED.")
    @APIResponseSchema(
            value = SwarmIdView.class,
            responseCode = "202",
            responseDescription = "It is written down; the merge follows.")
    @APIResponse(
            responseCode = "409",
            description =
                    "`wrong-state`: it does not wait for a review, or for one of another commit.")
    @POST
    @Path("/tasks/{taskId}/review")
    @Requires(Permission.SWARM_CONTROL)
    public RestResponse<SwarmIdView> review(String id, String taskId, ReviewBody body) {
        var commit = body.required();
        var by = caller.get().userId();
        return ask(id, swarm -> known(swarm, taskId).reviewed(taskId, commit, by, body.reason()));
    }

    private RestResponse<SwarmIdView> wish(String id, Wish.Kind kind) {
        var by = caller.get().userId();
        return ask(id, swarm -> swarm.wish(kind, by));
    }

    private RestResponse<SwarmIdView> wishAgent(String id, String agentId, Agent.Wish wish) {
        return ask(
                id,
                swarm -> {
                    if (swarm.agent(agentId).isEmpty()) {
                        throw Problems.notFound("agent", agentId);
                    }
                    return swarm.wishAgent(agentId, wish);
                });
    }

    private RestResponse<SwarmIdView> ask(String id, UnaryOperator<Swarm> command) {
        commands.ask(id, caller.get(), command);
        return RestResponse.accepted(new SwarmIdView(id));
    }

    private static Swarm known(Swarm swarm, String taskId) {
        if (swarm.task(taskId).isEmpty()) {
            throw Problems.notFound("task", taskId);
        }
        return swarm;
    }

    private static RestResponse<MessageIdView> told(String messageId) {
        return RestResponse.accepted(new MessageIdView(messageId));
    }
}
