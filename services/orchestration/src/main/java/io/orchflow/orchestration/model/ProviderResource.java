package io.orchflow.orchestration.model;

import io.orchflow.access.Access;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.events.Ids;
import io.orchflow.outbox.Transactions;
import io.orchflow.problem.ProblemException;
import io.orchflow.problem.Problems;
import io.orchflow.problem.Validation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// Where a team's agents find models.
@Path("/api/models/providers")
@Tag(name = "Models")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ProviderResource {
    private final Transactions transactions;
    private final ProviderRepository providers;
    private final UpstreamClient upstream;
    private final CurrentCaller caller;

    ProviderResource(
            Transactions transactions,
            ProviderRepository providers,
            UpstreamClient upstream,
            CurrentCaller caller) {
        this.transactions = transactions;
        this.providers = providers;
        this.upstream = upstream;
        this.caller = caller;
    }

    /// What a provider said when it was asked for its models.
    public record ProviderCheckView(
            @Schema(description = "Whether it answered and let us in.") boolean ok,
            @Schema(description = "What it said, or what went wrong, and what to do.")
                    String message,
            @Schema(description = "The models that it names, at most 200.") List<String> models) {}

    @Operation(summary = "Lists a team's providers of models, oldest first")
    @APIResponseSchema(
            value = ProviderView[].class,
            responseCode = "200",
            responseDescription = "All of them, without their keys.")
    @GET
    @Requires(Permission.TEAM_READ)
    public List<ProviderView> list(@QueryParam("teamId") @Nullable String teamId) {
        new Validation().text(teamId, "teamId", 64).throwIfAny();
        var team = Objects.requireNonNull(teamId);
        Access.require(caller.get(), Permission.TEAM_READ, team);
        return providers.of(team).stream().map(ProviderView::of).toList();
    }

    @Operation(
            summary = "Adds a provider of models",
            description =
                    "Agents reach it through orchflow alone: its key is kept sealed and enters no pane.")
    @APIResponseSchema(
            value = ProviderView.class,
            responseCode = "201",
            responseDescription = "The provider.")
    @APIResponse(responseCode = "409", description = "`name-taken`: the team has one of that name.")
    @POST
    @Requires(Permission.TEAM_MANAGE)
    public RestResponse<ProviderView> add(ProviderBody body) {
        new Validation().text(body.teamId(), "teamId", 64).throwIfAny();
        var team = Objects.requireNonNull(body.teamId());
        Access.require(caller.get(), Permission.TEAM_MANAGE, team);
        var provider = ProviderRules.provider(Ids.next(), team, body, false);
        transactions.execute(tx -> providers.insert(tx, provider, body.key()));
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.CREATED, ProviderView.of(provider))
                .header("Location", "/api/models/providers/" + provider.id())
                .build();
    }

    @Operation(summary = "Replaces a provider", description = "Without `key` the stored one stays.")
    @APIResponseSchema(
            value = ProviderView.class,
            responseCode = "200",
            responseDescription = "The provider as it is now.")
    @APIResponse(responseCode = "409", description = "`name-taken`: the team has one of that name.")
    @PUT
    @Path("/{id}")
    @Requires(Permission.TEAM_MANAGE)
    public ProviderView replace(String id, ProviderBody body) {
        return transactions.inTransaction(
                tx -> {
                    var before = managed(providers.find(tx, id).orElseThrow(() -> missing(id)));
                    var after = ProviderRules.provider(id, before.teamId(), body, before.hasKey());
                    providers.update(tx, after, body.key());
                    return ProviderView.of(after);
                });
    }

    @Operation(summary = "Removes a provider", description = "Calls under way end by themselves.")
    @APIResponse(responseCode = "204", description = "It is gone.")
    @DELETE
    @Path("/{id}")
    @Requires(Permission.TEAM_MANAGE)
    public void remove(String id) {
        transactions.execute(
                tx -> {
                    managed(providers.find(tx, id).orElseThrow(() -> missing(id)));
                    providers.delete(tx, id);
                });
    }

    @Operation(
            summary = "Asks a provider for its models, to see whether address and key are right",
            description = "Costs nothing: no model is asked.")
    @APIResponseSchema(
            value = ProviderCheckView.class,
            responseCode = "200",
            responseDescription = "What it said.")
    @POST
    @Path("/{id}/check")
    @Requires(Permission.TEAM_MANAGE)
    public ProviderCheckView check(String id) {
        var provider =
                managed(
                        transactions
                                .read(tx -> providers.find(tx, id))
                                .orElseThrow(() -> missing(id)));
        return upstream.check(provider, providers.key(id));
    }

    private Provider managed(Provider provider) {
        if (!caller.get().memberOf(provider.teamId())) {
            throw missing(provider.id());
        }
        Access.require(caller.get(), Permission.TEAM_MANAGE, provider.teamId());
        return provider;
    }

    private static ProblemException missing(String id) {
        return Problems.notFound("model provider", id);
    }
}
