package io.orchflow.workspaces.workspace;

import io.orchflow.access.Access;
import io.orchflow.access.Caller;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.access.Role;
import io.orchflow.problem.Page;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.orchflow.workspaces.workspace.WorkspaceView.NewWorkspaceView;
import io.orchflow.workspaces.workspace.WorkspaceView.SourceView;
import io.orchflow.workspaces.workspace.WorkspaceView.UsageView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `/api/workspaces` of the public contract.
@Path("/api/workspaces")
@Tag(name = "Workspaces")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WorkspaceResource {

    private static final int LONGEST_NAME = 100;

    private final Workspaces workspaces;
    private final WorkspaceAgents agents;
    private final CurrentCaller current;

    WorkspaceResource(Workspaces workspaces, WorkspaceAgents agents, CurrentCaller current) {
        this.workspaces = workspaces;
        this.agents = agents;
        this.current = current;
    }

    @Operation(summary = "Makes a workspace and starts it")
    @APIResponseSchema(
            value = WorkspaceView.class,
            responseCode = "202",
            responseDescription = "It is asked for: `state` is REQUESTED.")
    @POST
    @Requires(Permission.WORKSPACE_CREATE)
    public RestResponse<WorkspaceView> create(NewWorkspaceView body) {
        var caller = current.get();
        var gitUrl = gitUrl(body.source());
        var name = body.name() == null ? "" : body.name().strip();
        var validation = new Validation().text(name, "name", LONGEST_NAME);
        validation.check(
                name.chars().noneMatch(Character::isISOControl),
                "name",
                "control-character",
                "name has a control character.");
        if (gitUrl != null) {
            GitSource.objection(gitUrl)
                    .ifPresent(why -> validation.check(false, "source.gitUrl", "git-url", why));
        }
        validation.throwIfAny();
        var teamId = body.teamId() == null ? ownTeam(caller) : body.teamId();
        Access.require(caller, Permission.WORKSPACE_CREATE, teamId);
        return accepted(workspaces.request(caller.userId(), teamId, name, gitUrl));
    }

    @Operation(
            summary =
                    "Lists workspaces, oldest first: one team's, or those of all the caller's teams")
    @APIResponseSchema(value = WorkspaceView[].class, responseDescription = "A page of them.")
    @GET
    @Requires(Permission.WORKSPACE_READ)
    public RestResponse<List<WorkspaceView>> list(
            @QueryParam("teamId") @Nullable String teamId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uriInfo) {
        var page = Page.parse(limit, after);
        return workspaces
                .list(teams(current.get(), teamId), page)
                .map(WorkspaceView::of)
                .answer(uriInfo, WorkspaceView::id);
    }

    @Operation(summary = "Gives one workspace")
    @APIResponseSchema(value = WorkspaceView.class, responseDescription = "The workspace.")
    @GET
    @Path("{id}")
    @Requires(Permission.WORKSPACE_READ)
    public WorkspaceView get(@PathParam("id") String id) {
        return WorkspaceView.of(permitted(id, Permission.WORKSPACE_READ));
    }

    @Operation(summary = "Starts a workspace that is stopped or has failed")
    @APIResponseSchema(
            value = WorkspaceView.class,
            responseCode = "202",
            responseDescription = "It will start.")
    @APIResponse(
            responseCode = "409",
            description = "`workspace-state`: not in a state that allows it.")
    @POST
    @Path("{id}/start")
    @Requires(Permission.WORKSPACE_MANAGE)
    public RestResponse<WorkspaceView> start(@PathParam("id") String id) {
        return wish(id, life -> life.start(workspaces.now()));
    }

    @Operation(summary = "Stops a workspace: every process in it ends, its files stay")
    @APIResponseSchema(
            value = WorkspaceView.class,
            responseCode = "202",
            responseDescription = "It will stop.")
    @APIResponse(
            responseCode = "409",
            description = "`workspace-state`: not in a state that allows it.")
    @POST
    @Path("{id}/stop")
    @Requires(Permission.WORKSPACE_MANAGE)
    public RestResponse<WorkspaceView> stop(@PathParam("id") String id) {
        return wish(id, Life::stop);
    }

    @Operation(summary = "Deletes a workspace with its files")
    @APIResponseSchema(
            value = WorkspaceView.class,
            responseCode = "202",
            responseDescription = "It will be stopped and deleted.")
    @APIResponse(
            responseCode = "409",
            description = "`workspace-state`: not in a state that allows it.")
    @DELETE
    @Path("{id}")
    @Requires(Permission.WORKSPACE_MANAGE)
    public RestResponse<WorkspaceView> delete(@PathParam("id") String id) {
        return wish(id, Life::delete);
    }

    @Operation(summary = "Gives the files of the main branch as a zip")
    @APIResponse(
            responseCode = "200",
            description = "The zip, written as it is made.",
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "409",
            description =
                    "`workspace-state`: it is not RUNNING; `nothing-committed`: there is no commit yet.")
    @GET
    @Path("{id}/archive")
    @Produces(MediaType.WILDCARD) // a client that asks for JSON everywhere gets the zip too
    @Requires(Permission.WORKSPACE_READ)
    public Response archive(@PathParam("id") String id) {
        var workspace = running(id);
        return Response.ok(agents.archive(workspace))
                .type("application/zip")
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(workspace.name()))
                .build();
    }

    @Operation(summary = "Gives what a workspace uses of its machine, as the kernel counts it")
    @APIResponseSchema(value = UsageView.class, responseDescription = "The usage now.")
    @APIResponse(responseCode = "409", description = "`workspace-state`: it is not RUNNING.")
    @GET
    @Path("{id}/usage")
    @Requires(Permission.WORKSPACE_READ)
    public UsageView usage(@PathParam("id") String id) {
        return agents.usage(running(id));
    }

    private RestResponse<WorkspaceView> wish(String id, UnaryOperator<Life> wish) {
        permitted(id, Permission.WORKSPACE_MANAGE);
        return accepted(workspaces.wish(id, current.get().userId(), wish));
    }

    private Workspace permitted(String id, Permission permission) {
        var workspace = workspaces.get(id);
        if (!current.get().memberOf(workspace.teamId())) {
            throw Problems.notFound("workspace", id);
        }
        Access.require(current.get(), permission, workspace.teamId());
        return workspace;
    }

    private Workspace running(String id) {
        var workspace = permitted(id, Permission.WORKSPACE_READ);
        var state = workspace.life().status();
        if (state != Status.RUNNING) {
            throw Problems.conflict(
                    "workspace-state",
                    "The workspace is " + state + "; this needs it RUNNING.",
                    Map.of("workspaceId", id, "state", state.name()));
        }
        return workspace;
    }

    private static RestResponse<WorkspaceView> accepted(Workspace workspace) {
        return RestResponse.accepted(WorkspaceView.of(workspace));
    }

    private static @Nullable String gitUrl(@Nullable SourceView source) {
        return source == null ? null : source.gitUrl();
    }

    /// The teams whose workspaces are listed: one that was named, or all in which they may be read.
    private static Set<String> teams(Caller caller, @Nullable String teamId) {
        if (teamId != null) {
            Access.require(caller, Permission.WORKSPACE_READ, teamId);
            return Set.of(teamId);
        }
        return caller.teams().entrySet().stream()
                .filter(team -> team.getValue().atLeast(Permission.WORKSPACE_READ.least()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// The personal team: the oldest (ids sort by age) of those that the caller owns.
    private static String ownTeam(Caller caller) {
        return caller.teams().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .min(Comparator.comparing(team -> team.getValue() != Role.OWNER))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> Problems.badInput("teamId", "required", "You are in no team."));
    }

    private static String disposition(String name) {
        var file = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        return "attachment; filename=\"" + (file.isBlank() ? "workspace" : file) + ".zip\"";
    }
}
