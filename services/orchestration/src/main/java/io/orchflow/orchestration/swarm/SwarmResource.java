package io.orchflow.orchestration.swarm;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.activity.ActivityStore;
import io.orchflow.orchestration.model.SpendingStore;
import io.orchflow.orchestration.stream.EventFilter;
import io.orchflow.orchestration.stream.LiveEvents;
import io.orchflow.orchestration.workspace.Workspaces;
import io.orchflow.outbox.Transactions;
import io.orchflow.outbox.Tx;
import io.orchflow.problem.Page;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Swarms as they are: list, one, events, diff, evidence.
@Path("/api/swarms")
@Tag(name = "Swarms")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SwarmResource {
    private final Transactions transactions;
    private final SwarmRepository swarms;
    private final SpendingStore spending;
    private final Workspaces workspaces;
    private final LiveEvents live;
    private final CurrentCaller caller;
    private final Clock clock = Clock.systemUTC();

    SwarmResource(
            Transactions transactions,
            SwarmRepository swarms,
            SpendingStore spending,
            Workspaces workspaces,
            LiveEvents live,
            CurrentCaller caller) {
        this.transactions = transactions;
        this.swarms = swarms;
        this.spending = spending;
        this.workspaces = workspaces;
        this.live = live;
        this.caller = caller;
    }

    @Operation(summary = "Lists a workspace's swarms, oldest first")
    @APIResponseSchema(
            value = SwarmView[].class,
            responseCode = "200",
            responseDescription = "A page of them.")
    @GET
    @Requires(Permission.SWARM_READ)
    public RestResponse<List<SwarmView>> list(
            @QueryParam("workspaceId") @Nullable String workspaceId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uri) {
        new Validation().text(workspaceId, "workspaceId", 64).throwIfAny();
        var page = Page.parse(limit, after);
        var id = Objects.requireNonNull(workspaceId);
        workspaces.require(id, caller.get(), Permission.SWARM_READ);
        var slice =
                page.slice(
                        transactions.inTransaction(
                                tx -> {
                                    SwarmRepository.consistently(tx);
                                    return swarms
                                            .inWorkspace(tx, id, page.limit() + 1, page.after())
                                            .stream()
                                            .map(swarm -> view(tx, swarm))
                                            .toList();
                                }));
        return slice.answer(uri, SwarmView::id);
    }

    private SwarmView view(Tx tx, Swarm swarm) {
        return SwarmView.of(
                swarm,
                spending.usageOf(tx, swarm.id()),
                ForecastRepository.of(tx, swarm.id()),
                ActivityStore.of(tx, swarm.id()),
                clock.instant());
    }

    @Operation(summary = "Gives a swarm with its agents, tasks and evidence")
    @APIResponseSchema(
            value = SwarmView.class,
            responseCode = "200",
            responseDescription = "The swarm.")
    @GET
    @Path("/{id}")
    @Requires(Permission.SWARM_READ)
    public SwarmView get(String id) {
        var swarm = readable(id);
        return transactions.read(tx -> view(tx, swarm));
    }

    @Operation(
            summary = "Follows a swarm",
            description =
                    "Events: `swarm` `{swarmId, state, reason?, elapsedMs, progress}`, `task` and `agent` (as in the swarm, with `swarmId`), `usage` (as in the swarm, with `swarmId`), `conflicts` `{swarmId, conflicts}` (as in the swarm), `activity` `{swarmId, agentId, kind, text, at}`, `mail` (as in the swarm's messages, with `swarmId`).")
    @APIResponse(
            responseCode = "200",
            description =
                    "Server-sent events with ids; a comment every 15 s of silence. Ends when the session does.",
            content =
                    @Content(
                            mediaType = "text/event-stream",
                            schema = @Schema(type = SchemaType.STRING)))
    @GET
    @Path("/{id}/events")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Requires(Permission.SWARM_READ)
    public Multi<OutboundSseEvent> events(
            String id,
            @HeaderParam(LiveEvents.LAST_EVENT_ID) @Nullable String lastEventId,
            @Context Sse sse) {
        var swarm = readable(id);
        return live.stream(
                sse, swarm.origin().workspaceId(), new EventFilter.Swarm(id), lastEventId);
    }

    /// Unified diff of the task's commit against its base; empty where it changed nothing.
    @Operation(
            summary = "Gives the unified diff of a task's commit against its base",
            description = "Empty where the task changed nothing.")
    @APIResponse(
            responseCode = "200",
            description = "The diff.",
            content =
                    @Content(mediaType = "text/x-diff", schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "409", description = "`no-commit`: the task has none yet.")
    @GET
    @Path("/{id}/tasks/{taskId}/diff")
    @Produces(MediaType.WILDCARD)
    @Requires(Permission.SWARM_READ)
    public Response diff(String id, String taskId) {
        var swarm = readable(id);
        var task = swarm.task(taskId).orElseThrow(() -> Problems.notFound("task", taskId));
        var judged = task.state().judged();
        if (judged == null) {
            throw Problems.conflict(
                    "no-commit", "Task " + taskId + " has no commit yet: " + task.state().word());
        }
        var diff =
                workspaces.diff(swarm.origin().workspaceId(), judged.baseCommit(), judged.commit());
        return Response.ok(diff, "text/x-diff; charset=utf-8").build();
    }

    /// What a check put out, stdout and stderr as they came; at most 8 MiB of it.
    @Operation(
            summary = "Gives what a check put out, stdout and stderr as they came",
            description = "At most 8 MiB of it.")
    @APIResponse(
            responseCode = "200",
            description = "The output.",
            content =
                    @Content(mediaType = "text/plain", schema = @Schema(type = SchemaType.STRING)))
    @GET
    @Path("/{id}/evidence/{evidenceId}/output")
    @Produces(MediaType.WILDCARD)
    @Requires(Permission.SWARM_READ)
    public Response output(String id, String evidenceId) {
        readable(id);
        var output =
                swarms.output(id, evidenceId)
                        .orElseThrow(() -> Problems.notFound("evidence", evidenceId));
        return Response.ok(output, "text/plain; charset=utf-8").build();
    }

    @Operation(
            summary = "Gives what a check put out on the task's base commit",
            description = "At most 8 MiB of it. A check that was red there proves the change.")
    @APIResponse(
            responseCode = "200",
            description = "The output.",
            content =
                    @Content(mediaType = "text/plain", schema = @Schema(type = SchemaType.STRING)))
    @GET
    @Path("/{id}/evidence/{evidenceId}/baseline-output")
    @Produces(MediaType.WILDCARD)
    @Requires(Permission.SWARM_READ)
    public Response baselineOutput(String id, String evidenceId) {
        readable(id);
        var output =
                swarms.baselineOutput(id, evidenceId)
                        .orElseThrow(() -> Problems.notFound("baseline output", evidenceId));
        return Response.ok(output, "text/plain; charset=utf-8").build();
    }

    private Swarm readable(String id) {
        var swarm = swarms.find(id).orElseThrow(() -> SwarmCommands.missing(id));
        SwarmCommands.allowed(swarm, caller.get(), Permission.SWARM_READ);
        return swarm;
    }
}
