package io.orchflow.orchestration.profile;

import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.model.ModelChoice;
import io.orchflow.orchestration.model.Provider;
import io.orchflow.orchestration.model.Providers;
import io.orchflow.orchestration.model.Wire;
import io.orchflow.orchestration.workspace.Workspaces;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What a workspace's tasks may be given to.
@Path("/api/adapters")
@Tag(name = "Plans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AdapterResource {
    private final ProfileCatalogue profiles;
    private final Providers providers;
    private final Workspaces workspaces;
    private final CurrentCaller caller;

    AdapterResource(
            ProfileCatalogue profiles,
            Providers providers,
            Workspaces workspaces,
            CurrentCaller caller) {
        this.profiles = profiles;
        this.providers = providers;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @Operation(
            summary = "Lists the agents that tasks of a workspace may be given to",
            description =
                    "Our own first, then programs by title; those that are not ready say what they lack and how it is mended. Recipes and plain commands are always there.")
    @APIResponseSchema(
            value = AdapterView[].class,
            responseCode = "200",
            responseDescription = "All that orchflow knows.")
    @GET
    @Requires(Permission.CONVERSATION_READ)
    public List<AdapterView> list(@QueryParam("workspaceId") @Nullable String workspaceId) {
        new Validation().text(workspaceId, "workspaceId", 64).throwIfAny();
        var id = Objects.requireNonNull(workspaceId);
        var workspace = workspaces.require(id, caller.get(), Permission.CONVERSATION_READ);
        var installed = workspaces.programs(id);
        var team = providers.of(workspace.teamId());
        var ours =
                AdapterView.ofOurs(
                        installed.isPresent(), ModelChoice.of(team, Wire.ofOurAgent(), null));
        var programs =
                profiles.all().stream()
                        .map(
                                profile ->
                                        AdapterView.of(
                                                profile,
                                                installed
                                                        .map(
                                                                all ->
                                                                        all.containsKey(
                                                                                profile.program()))
                                                        .orElse(null),
                                                installed
                                                        .map(all -> all.get(profile.program()))
                                                        .orElse(null),
                                                model(profile, team)));
        return Stream.concat(Stream.of(ours), programs).toList();
    }

    private static Optional<AdapterView.ModelView> model(Profile profile, List<Provider> team) {
        return profile.spoken()
                .flatMap(wire -> ModelChoice.of(team, wire, null))
                .map(
                        choice ->
                                new AdapterView.ModelView(
                                        choice.provider().name(), choice.model().name()));
    }
}
