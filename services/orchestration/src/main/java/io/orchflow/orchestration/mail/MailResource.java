package io.orchflow.orchestration.mail;

import io.orchflow.access.Access;
import io.orchflow.access.CurrentCaller;
import io.orchflow.access.Permission;
import io.orchflow.access.Requires;
import io.orchflow.orchestration.swarm.SwarmRepository;
import io.orchflow.problem.Page;
import io.orchflow.problem.Problems;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// What agents and people of a swarm have written.
@Path("/api/swarms/{id}")
@Tag(name = "Swarms")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MailResource {
    private final SwarmRepository swarms;
    private final MailStore store;
    private final CurrentCaller caller;

    MailResource(SwarmRepository swarms, MailStore store, CurrentCaller caller) {
        this.swarms = swarms;
        this.store = store;
        this.caller = caller;
    }

    @Operation(
            summary = "Lists what agents and people of a swarm have written, oldest first",
            description =
                    "What was refused is listed with the reason. Live: events `mail` `{swarmId, …}` of agents' messages, at sending and at reading.")
    @APIResponseSchema(
            value = MailView[].class,
            responseCode = "200",
            responseDescription = "A page of them.")
    @GET
    @Path("/messages")
    @Requires(Permission.SWARM_READ)
    public RestResponse<List<MailView>> list(
            String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @Context UriInfo uri) {
        var page = Page.parse(limit, after);
        var swarm =
                swarms.find(id)
                        .filter(one -> caller.get().memberOf(one.origin().teamId()))
                        .orElseThrow(() -> Problems.notFound("swarm", id));
        Access.require(caller.get(), Permission.SWARM_READ, swarm.origin().teamId());
        return page.slice(store.list(id, page.limit() + 1, page.after())).answer(uri, MailView::id);
    }
}
